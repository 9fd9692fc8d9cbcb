import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newKey as newDeskKey, openDesk } from '../desk.ts'
import { ask, connectHttp } from '../hosts.ts'
import { type Host, type Open, v1InExpress, v2InBun, v2InExpress } from './hosts.ts'
import { type Issuer, newKey, nowS, openIssuer, resource } from './issuer.ts'

const desk = openDesk({ auth: 'external' })
let issuer: Issuer
beforeAll(async () => {
  issuer = await openIssuer()
})
afterAll(() => Promise.all([desk.close(), issuer.close()]))

const hosts: [string, Open][] = [
  ['v1 in Express', v1InExpress],
  ['v2 in Express', v2InExpress],
  ['v2 in Bun', v2InBun],
]

async function within(open: Open, use: (host: Host) => Promise<void>, url = issuer.issuer) {
  const host = await open({ url: desk.url, key: newDeskKey() }, { url, resource })
  await use(host).finally(() => host.close())
}

const call = (url: string, token?: string) =>
  fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })

test.each(hosts)('%s: a verified user raises a ticket as who they are', (_, open) =>
  within(open, async ({ url }) => {
    const token = await issuer.sign({ payload: { email: 'alex@company.com', name: 'Alex' } })
    const client = await connectHttp(url, token)
    expect((await ask(client)).isError).toBeFalsy()
    await client.close()
    const { ticket } = desk.received.at(-1) ?? {}
    expect(ticket?.reporter).toEqual({
      issuer: issuer.issuer,
      subject: 'alex',
      email: 'alex@company.com',
      name: 'Alex',
    })
    expect(JSON.stringify(ticket)).not.toContain(token)
  }),
)

test.each(hosts)(
  '%s: a token that is not accepted is answered 401, and says where to sign in',
  (_, open) =>
    within(open, async ({ url }) => {
      const attempts = desk.attempts.length
      const bad = [
        'garbage',
        await issuer.sign({ payload: { exp: nowS() - 60 } }),
        await issuer.sign({ payload: { aud: 'https://other.example' } }),
        await issuer.sign({ key: await newKey('first') }),
      ]
      for (const token of bad) {
        const response = await call(url, token)
        expect(response.status).toBe(401)
        const challenge = response.headers.get('www-authenticate') ?? ''
        expect(challenge).toStartWith('Bearer error="invalid_token", error_description="The ')
        expect(challenge).toContain(
          'resource_metadata="https://docuapi.example/.well-known/oauth-protected-resource/mcp"',
        )
        expect(await response.json()).toMatchObject({ error: 'invalid_token' })
      }
      expect((await call(url)).status).toBe(401)
      expect(desk.attempts.length).toBe(attempts)
    }),
)

test.each(hosts)('%s: while the issuer is away nobody is sent to sign in again', (_, open) =>
  within(
    open,
    async ({ url }) => {
      const response = await call(url, await issuer.sign())
      expect(response.status).toBe(500)
      expect(response.headers.get('www-authenticate')).toBeNull()
    },
    'http://127.0.0.1:1',
  ),
)

test.each(hosts)('%s: clients without a token find the issuer', (_, open) =>
  within(open, async ({ url }) => {
    const response = await fetch(new URL('/.well-known/oauth-protected-resource/mcp', url))
    expect(await response.json()).toMatchObject({
      resource,
      authorization_servers: [issuer.issuer],
    })
  }),
)
