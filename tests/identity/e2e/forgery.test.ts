import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { decodeJwt } from 'jose'
import { kinds } from './clients.ts'
import { type Platform, startPlatform } from './desk.ts'
import { forgeTokens } from './forging.ts'
import { startExample } from './journey.ts'
import { getToken } from './token.ts'

const withinMs = 60_000

let desk: Platform
beforeAll(async () => {
  desk = await startPlatform()
}, withinMs)
afterAll(async () => {
  expect(await desk?.stop()).toBe(0)
})

for (const kind of kinds)
  describe(`the ${kind.story} example`, () => {
    let server: Awaited<ReturnType<typeof startExample>>
    beforeAll(async () => {
      server = await startExample(kind, desk)
    }, withinMs)
    afterAll(async () => {
      expect(await server?.stop()).toBe(0)
    })

    test(
      'answers 401 to every forged token, and no ticket and no e-mail reaches the desk',
      async () => {
        const { access_token: token } = await getToken(desk.docuapi, server.url)
        const { forged, genuine } = await forgeTokens(desk, decodeJwt(token))
        const statuses: Record<string, number> = {}
        for (const [name, forgery] of Object.entries(forged)) {
          const response = await raise(server.url, forgery)
          await response.body?.cancel()
          statuses[name] = response.status
          expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
        }
        const all = Object.keys(forged).map((name) => [name, 401])
        expect(statuses).toEqual(Object.fromEntries(all))
        expect(await filed()).toBe(0)

        for (const good of [token, genuine])
          expect(await (await raise(server.url, good)).text()).toContain('DOCUAPI-')
        expect(await filed()).toBe(1)
        await desk.owner`delete from support_ticket`
      },
      withinMs,
    )
  })

const filed = async () => {
  const [row] = await desk.owner<{ count: number }[]>`
    select count(*)::int as count from support_ticket`
  return row?.count
}

/** A call of the tool as any program may send it, with an e-mail that nobody proved. */
const raise = (url: string, token: string) =>
  fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'get_support_tool',
        arguments: { title: 'Forged', description: 'It is not me.', email: 'ceo@fjord.example' },
      },
    }),
  })
