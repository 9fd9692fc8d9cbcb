import { describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import type { Facts } from './facts.ts'
import { requests } from './requests.ts'
import { calls } from './walk.ts'
import { walls } from './walls.ts'

const its = walls()

const members = calls.filter(({ route }) => ['member', 'owner'].includes(route.who))

describe('of owners only', () => {
  const owners = members.filter(({ route }) => route.who === 'owner')
  test('there are some', () => expect(owners.length).toBeGreaterThan(3))

  for (const call of owners)
    test(`${call.name} does not exist for a member, and exists for an owner`, async () => {
      const facts = await its.about(its.world.northwind)
      const { cookie } = await its.colleagueOf(facts)
      expect((await its.world.ask('/northwind/tickets', { cookie })).status).toBe(200)
      const answer = await its.refused(call, facts, { cookie })
      expect(answer.status).toBe(404)
      const nowhere = { ...facts, organization: { ...facts.organization, slug: 'nowhere' } }
      expect(answer).toEqual(await its.refused(call, nowhere, { cookie }))
      await its.granted(call, facts, await its.sessionOf(its.world.northwind))
    })
})

describe('of members only', () => {
  test('there are some', () => expect(members.length).toBeGreaterThan(0))

  for (const call of members)
    describe(call.name, () => {
      test('its rightful caller succeeds, before and after all others failed', async () => {
        const mine = await its.sessionOf(its.world.northwind)
        await its.granted(call, await its.about(its.world.northwind), mine)
        const facts = await its.about(its.world.northwind)
        const strangers = [await its.sessionOf(its.world.southwind), {}, { key: facts.server.key }]
        for (const stranger of strangers) {
          const { status } = await its.refused(call, facts, stranger)
          expect([303, 401, 404]).toContain(status)
        }
        await its.granted(call, facts, mine)
      })

      test('another organization’s staff are told what they are told of no organization', async () => {
        const stranger = await its.sessionOf(its.world.southwind)
        const facts = await its.about(its.world.northwind)
        const answer = await its.refused(call, facts, stranger)
        const nowhere = { ...facts.organization, slug: 'nowhere' }
        expect(answer.status).toBe(404)
        expect(answer).toEqual(
          await its.refused(call, { ...facts, organization: nowhere }, stranger),
        )
      })

      test('what only the other organization has is told like what nobody has', async () => {
        const isProcedure = call.route.speaks === 'trpc' && requests[call.key]?.ask
        if (
          !isProcedure &&
          !/:(number|change|member|invitation|session|server|key|endUser)/.test(call.path)
        )
          return
        const mine = await its.sessionOf(its.world.southwind)
        const theirs = await its.about(its.world.northwind)
        const { organization, server } = await its.about(its.world.southwind)
        const number = theirs.number + 500
        await its.world.database.owner`
          update support_ticket set number = ${number}
           where organization_id = ${its.world.northwind.scope.organizationId} and number = ${theirs.number}`
        const facts = { ...theirs, organization, server, number }
        const answer = await its.refused(call, facts, mine)
        expect(answer.status).toBe(404)
        const nobodys = {
          number: 987_654,
          change: newId(),
          colleague: newId(),
          invitation: { id: newId(), token: '' },
          session: '0'.repeat(64),
          extra: { slug: 'nobodys', name: 'DocuAPI', keyId: newId() },
          endUser: { ...theirs.endUser, server: { ...server, slug: 'nobodys' }, id: newId() },
        }
        expect(answer).toEqual(await its.refused(call, { ...facts, ...nobodys }, mine))
      })

      for (const [who, caller] of [
        ['nobody', () => ({})],
        ['a server’s key', ({ server }: Facts) => ({ key: server.key })],
        ['a session nobody has', () => ({ cookie: `mcp_obs_session=${'a'.repeat(40)}` })],
        ['a session’s hash', async () => ({ cookie: await storedSession() })],
      ] as const)
        test(`${who} is sent to sign in, whatever exists`, async () => {
          const facts = await its.about(its.world.northwind)
          const { status, headers, body } = await its.refused(call, facts, await caller(facts))
          const page = call.route.method === 'GET' && call.route.speaks === 'page'
          expect(status).toBe(page ? 303 : 401)
          if (page) expect(headers.location).toStartWith('/sign-in?next=%2Fnorthwind%2F')
          const nowhere = { ...facts, organization: { ...facts.organization, slug: 'nowhere' } }
          expect((await its.refused(call, nowhere, await caller(facts))).body).toBe(body)
        })
    })

  /** What a reader of the session table could send. */
  const storedSession = async () => {
    await its.sessionOf(its.world.northwind)
    const [row] = await its.world.database.owner`select id from session limit 1`
    return `mcp_obs_session=${row?.id}`
  }
})
