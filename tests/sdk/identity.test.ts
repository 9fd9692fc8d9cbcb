import { afterAll, expect, test } from 'bun:test'
import type { Reporter } from '../../sdk/src/contract.ts'
import { reporterOf } from '../../sdk/src/identity.ts'
import type { SupportToolOptions } from '../../sdk/src/options.ts'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick, until } from './desk.ts'
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

const inSignIn = (sid: unknown) => ({
  issuer: 'https://desk.example/s/docuapi',
  subject: 'u-1',
  sid,
})

test('the sign-in of a token goes with the ticket, and makes nobody another caller', async () => {
  const platform = openDesk({ auth: 'platform' })
  let sid = 'first'
  const server = host(platform.url, { reporter: () => inSignIn(sid) as Reporter })
  const client = await connectHttp(server.url, 'alex')
  await client.callTool({ name: 'broken', arguments: { text: 'before' } })
  sid = 'second'
  await ask(client)
  const { ticket } = platform.received.at(-1) ?? {}
  expect(ticket?.reporter).toEqual(inSignIn('second') as Reporter)
  expect(ticket?.context?.calls.map(({ tool }) => tool)).toEqual(['broken'])
  server.close()
  platform.close()
})

test('a sign-in that has ended asks for another, with which the same ticket is filed', async () => {
  const platform = openDesk({ auth: 'platform' })
  let sid = 'ended'
  const server = host(platform.url, { reporter: () => inSignIn(sid) as Reporter })
  const client = await connectHttp(server.url, 'alex')
  platform.refusals.push({ code: 'identity_invalid', status: 401 })
  const refused = await ask(client)
  expect(refused.isError).toBe(true)
  expect(textOf(refused)).toContain('Ask the user to sign in to this server again')
  sid = 'anew'
  expect(textOf(await ask(client))).toContain('Ticket DOCUAPI-1 is with')
  expect(platform.received.map(({ ticket }) => ticket.reporter?.sid)).toEqual(['anew'])
  server.close()
  platform.close()
})

test('a ticket that waits in the queue keeps the sign-in it was raised with', async () => {
  const platform = openDesk({ auth: 'platform' })
  let sid = 'first'
  const server = host(platform.url, { reporter: () => inSignIn(sid) as Reporter })
  const client = await connectHttp(server.url, 'alex')
  platform.between.push(new Response('away', { status: 503 }))
  expect(textOf(await ask(client))).toContain('saved and will be delivered')
  sid = 'second'
  await until(() => platform.received.length > 0)
  expect(platform.received[0]?.ticket.reporter).toEqual(inSignIn('first') as Reporter)
  server.close()
  platform.close()
})

const who = { iss: 'https://id.example', sub: 'alex' }
const signIns: [string, unknown, string | undefined][] = [
  ['that is a text', 'g-1', 'g-1'],
  ['that is none', 7, undefined],
  ['that is empty', '', undefined],
  ['that is too long to be cut', 'a'.repeat(256), undefined],
]
test.each(signIns)('a sign-in %s is taken from the claims, or left out', (_, sid, found) => {
  expect(reporterOf({ extra: { ...who, sid } })).toEqual({
    issuer: who.iss,
    subject: who.sub,
    ...(found && { sid: found }),
  })
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
