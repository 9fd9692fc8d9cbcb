import { describe, expect, test } from 'bun:test'
import type { Ask } from '../world.ts'
import { calls } from './walk.ts'
import { walls } from './walls.ts'

const its = walls()

describe('of servers only', () => {
  const byKey = calls.filter(({ route }) => route.who === 'server key')
  test('there are some', () => expect(byKey.length).toBeGreaterThan(0))

  for (const call of byKey)
    describe(call.name, () => {
      test('its rightful caller succeeds, before and after all others failed', async () => {
        const { northwind, southwind } = its.world
        const facts = await its.about(northwind)
        const mine = { key: facts.server.key }
        await its.granted(call, facts, mine)
        const { cookie } = await its.sessionOf(northwind)
        const strangers: Record<string, Ask> = {
          'another server of the organization': { key: northwind.servers.none.key },
          'the namesake of another organization': { key: southwind.servers.external.key },
          'no key': {},
          'a staff session instead of a key': { cookie },
          'a staff session beside another’s key': { cookie, key: southwind.servers.none.key },
          'a key that is cut': { key: mine.key.slice(0, -1) },
          'a key by another scheme': { headers: { authorization: `Basic ${mine.key}` } },
          'a key without a scheme': { headers: { authorization: mine.key } },
        }
        for (const [who, caller] of Object.entries(strangers)) {
          const { status, body } = await its.refused(call, facts, caller)
          expect({ who, status, body }).toMatchObject({ status: 401, body: keyInvalid })
        }
        await its.granted(call, facts, mine)
      })

      test('an unknown address, a disabled server, a revoked and a wrong key are one refusal', async () => {
        const facts = await its.about(its.world.northwind)
        const { slug, key } = its.world.northwind.servers.quiet
        const { owner } = its.world.database
        const wrong = await its.refused(call, facts, { key: its.world.southwind.servers.none.key })
        const unknown = { ...facts, server: { ...facts.server, slug: 'nowhere-at-all' } }
        expect(await its.refused(call, unknown, { key: facts.server.key })).toEqual(wrong)
        const quiet = { ...facts, server: its.world.northwind.servers.quiet }
        await owner`update mcp_server set enabled = false where slug = ${slug}`
        const disabled = await its.refused(call, quiet, { key })
        await owner`update mcp_server set enabled = true where slug = ${slug}`
        expect(disabled).toEqual(wrong)
        const ofQuiet = owner`mcp_server_id = (select id from mcp_server where slug = ${slug})`
        await owner`update server_key set revoked_at = now() where ${ofQuiet}`
        const revoked = await its.refused(call, quiet, { key })
        await owner`update server_key set revoked_at = null where ${ofQuiet}`
        expect(revoked).toEqual(wrong)
        expect(wrong.body).toEqual(keyInvalid)
      })
    })

  const keyInvalid = expect.stringContaining('"code":"key_invalid"')
})
