import { describe, expect, test } from 'bun:test'
import { type Call, calls, wrongMethods } from './walk.ts'
import { walls } from './walls.ts'

const its = walls()

describe('the two kinds of address', () => {
  for (const call of calls.filter(({ route }) => route.host === 'dashboard'))
    test(`${call.name} does not exist at a server’s`, async () => {
      const facts = await its.about(its.world.northwind)
      const caller = { ...(await its.sessionOf(its.world.northwind)), key: facts.server.key }
      for (const form of ['host', 'path'] as const)
        expect((await its.refused({ ...call, form }, facts, caller)).status).toBe(404)
    })

  for (const call of calls.filter(({ route, form }) => route.host === 'server' && form === 'host'))
    test(`${call.key} does not exist at the dashboard’s, nor two addresses at once`, async () => {
      const facts = await its.about(its.world.northwind)
      const { form: _, ...plain } = call
      const { key, slug } = facts.server
      expect((await its.refused(plain, facts, { key })).status).toBe(404)
      const host = `${slug}.localhost:3000`
      expect((await its.refused({ ...plain, form: 'path' }, facts, { key, host })).status).toBe(404)
    })

  for (const call of wrongMethods)
    test(`${call.name} is not how that procedure is called`, async () => {
      const facts = await its.about(its.world.northwind)
      const caller = { ...(await its.sessionOf(its.world.northwind)), key: facts.server.key }
      const { form, ...plain } = call
      const body = call.route.method === 'POST' ? { json: {} } : { json: undefined }
      const right = call.route.cookieless ? { ...plain, form } : plain
      expect((await its.refused(right as Call, facts, { ...caller, ...body })).status).toBe(400)
    })
})
