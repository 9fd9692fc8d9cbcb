import { afterAll, expect, test } from 'bun:test'
import { reporterOf } from '../../sdk/src/identity.ts'
import type { SupportToolOptions } from '../../sdk/src/options.ts'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick } from './desk.ts'
import { ask, connectHttp, connectWithSupport, docuApiServer, serveHttp, textOf } from './hosts.ts'

const desk = openDesk({ auth: 'external' })
const open = openDesk({ auth: 'none' })
afterAll(() => Promise.all([desk.close(), open.close()]))

function host(url: string, more: Partial<SupportToolOptions> = {}) {
  const options = { url, key: newKey(), ...more }
  return serveHttp(
    () => {
      const server = docuApiServer()
      register(server, options, quick)
      return server
    },
    { sessions: false },
  )
}

test('a verified user is the reporter; an e-mail from the model is not sent', async () => {
  const server = host(desk.url)
  await ask(await connectHttp(server.url, 'alex'), { email: 'someone@else.example' })
  const { ticket } = desk.received.at(-1) ?? {}
  expect(ticket?.reporter).toMatchObject({ subject: 'alex', email: 'alex@company.com' })
  expect(ticket?.email).toBeUndefined()
  server.close()
})

test('where the server has no sign-in, the e-mail counts and no identity is claimed', async () => {
  const server = host(open.url)
  await ask(await connectHttp(server.url, 'alex'), { email: 'sam@company.com' })
  const { ticket } = open.received.at(-1) ?? {}
  expect(ticket?.email).toBe('sam@company.com')
  expect(ticket?.reporter).toBeUndefined()
  server.close()
})

test('without a verified user nothing is sent, and the user is asked to sign in again', async () => {
  const attempts = desk.attempts.length
  const server = host(desk.url)
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  for (const caller of [
    client,
    await connectHttp(server.url),
    await connectHttp(server.url, 'nobody'),
  ]) {
    const result = await ask(caller)
    expect(result.isError).toBe(true)
    expect(textOf(result)).toContain('sign in')
  }
  expect(desk.attempts.length).toBe(attempts)
  server.close()
})

test("a host's mapping names the reporter", async () => {
  const reporter = (authInfo: { clientId?: string }) => ({
    issuer: 'https://sso.example',
    subject: `of ${authInfo.clientId}`,
  })
  const server = host(desk.url, { reporter })
  await ask(await connectHttp(server.url, 'alex'))
  expect(desk.received.at(-1)?.ticket.reporter).toEqual({
    issuer: 'https://sso.example',
    subject: 'of test',
  })
  server.close()
})

test('e-mail and name are in the claims that the desk says, from the first ticket on', async () => {
  const named = openDesk({ auth: 'external', claims: { email: 'upn', name: 'displayName' } })
  const server = host(named.url)
  await ask(await connectHttp(server.url, 'alex'))
  expect(named.received.at(-1)?.ticket.reporter).toEqual({
    issuer: 'https://id.docuapi.example',
    subject: 'alex',
    email: 'alex@directory.company.com',
  })
  server.close()
  named.close()
})

const names = { email: 'https://acme.example/mail', name: 'displayName' }
const who = { iss: 'https://id.example', sub: 'alex' }
const claimed: [string, Record<string, unknown>, { email?: string; name?: string }][] = [
  [
    'by their names at the desk',
    { [names.email]: 'a@acme.example', displayName: 'Alex', email: 'b@acme.example', name: 'B' },
    { email: 'a@acme.example', name: 'Alex' },
  ],
  [
    'else by their usual names',
    { [names.email]: '', displayName: 7, email: 'b@acme.example', name: 'B' },
    { email: 'b@acme.example', name: 'B' },
  ],
  [
    'not where the issuer has not verified it',
    { email: 'b@acme.example', email_verified: false },
    {},
  ],
]
test.each(claimed)('e-mail and name are found %s', (_, more, found) => {
  const { email, name } = reporterOf({ extra: { ...who, ...more } }, undefined, names) ?? {}
  expect({ ...(email && { email }), ...(name && { name }) }).toEqual(found)
})

test('the names of objects’ own methods are no claims', () => {
  const odd = { email: 'constructor', name: '__proto__' }
  expect(reporterOf({ extra: who }, undefined, odd)).toEqual({
    issuer: who.iss,
    subject: who.sub,
  })
})

test('a desk of an older version says nothing of claims', async () => {
  const older = openDesk({ auth: 'external' })
  Reflect.deleteProperty(older.settings, 'claims')
  const server = host(older.url)
  await ask(await connectHttp(server.url, 'alex'))
  expect(older.received.at(-1)?.ticket.reporter?.email).toBe('alex@company.com')
  server.close()
  older.close()
})

test('a mapping that throws identifies nobody and disturbs nothing', async () => {
  const reporter = () => {
    throw new Error('boom')
  }
  const server = host(desk.url, { reporter })
  const client = await connectHttp(server.url, 'alex')
  expect(textOf(await client.callTool({ name: 'echo', arguments: { text: 'hi' } }))).toBe('hi')
  expect(textOf(await ask(client))).toContain('sign in')
  server.close()
})

const incomplete: [string, Record<string, unknown>][] = [
  ['a subject without issuer', { sub: 'alex' }],
  ['an issuer without subject', { iss: 'https://id.example' }],
  ['an empty issuer', { iss: '', sub: 'alex' }],
  ['a subject that is no text', { iss: 'https://id.example', sub: 42 }],
  ['a subject too long', { iss: 'https://id.example', sub: 'a'.repeat(256) }],
]
test.each(incomplete)('%s is not an identity', (_, extra) => {
  expect(reporterOf({ extra })).toBeUndefined()
})

test('the token never leaves the process', async () => {
  const server = host(desk.url)
  await ask(await connectHttp(server.url, 'a-token-that-is-long-enough-to-find'))
  const { subject: _, email: __, ...rest } = desk.received.at(-1)?.ticket.reporter ?? {}
  const ticket = { ...desk.received.at(-1)?.ticket, reporter: rest }
  expect(JSON.stringify(ticket)).not.toContain('a-token-that-is-long')
  server.close()
})
