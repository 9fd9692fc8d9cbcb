import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { countRegistration } from '#src/identity/clients/registering.ts'
import { sha256 } from '#src/lib/ids.ts'
import { toProblem } from '#src/web/problem.ts'
import { type Ask, jsonOf, makeWorld, type TestServer, type World } from '../../world.ts'
import { issuerOf } from '../issuers.ts'

let world: World
let server: TestServer
beforeAll(async () => {
  world = await makeWorld({ MCP_OBS_CLIENT_METADATA: 'off' })
  server = world.northwind.servers.platform
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.owner`delete from attempt_bucket`
})

const callback = 'http://127.0.0.1:4000/callback'

const register = (json: unknown, ask: Ask = {}, at = server) =>
  world.ask(`/s/${at.slug}/register`, { method: 'POST', json, ...ask })

type Answer = Record<string, unknown> & { client_id: string; error?: string }
const answerTo = async (json: unknown) => jsonOf<Answer>(await register(json))

describe('a registration', () => {
  test('is answered with all that was registered, and its secret this once', async () => {
    const response = await register({
      redirect_uris: [callback, callback, 'https://app.example/cb'],
      client_name: 'Night Owl',
      grant_types: ['authorization_code', 'refresh_token'],
      application_type: 'native',
      software_id: 'ignored',
    })
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { client_id, client_secret, client_id_issued_at, ...rest } = await jsonOf(response)
    expect(rest).toEqual({
      client_secret_expires_at: 0,
      client_name: 'Night Owl',
      redirect_uris: [callback, 'https://app.example/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      application_type: 'native',
      scope: 'support',
    })
    expect(Math.abs(Number(client_id_issued_at) - Date.now() / 1000)).toBeLessThan(60)
    const [row] = await world.database.owner`
      select * from oauth_client where id = ${String(client_id)}`
    expect(Buffer.from(row?.secret_hash)).toEqual(sha256(String(client_secret)))
    expect(row?.organization_id).toBe(world.northwind.scope.organizationId)
    expect(row?.used_at).toBeNull()
  })

  test('of a public client has no secret, and of one that says little the defaults', async () => {
    const answer = await answerTo({
      redirect_uris: [callback],
      token_endpoint_auth_method: 'none',
    })
    expect(answer).toMatchObject({
      client_name: 'Unnamed client',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    })
    expect(answer).not.toHaveProperty('client_secret')
    expect(answer).not.toHaveProperty('client_secret_expires_at')
    expect(answer).not.toHaveProperty('application_type')
  })

  test('leaves out what is not offered, as editors ask for it', async () => {
    const answer = await answerTo({
      redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1/'],
      grant_types: [
        'authorization_code',
        'refresh_token',
        'urn:ietf:params:oauth:grant-type:device_code',
      ],
      response_types: ['code', 'id_token'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    })
    expect(answer.grant_types).toEqual(['authorization_code', 'refresh_token'])
    expect(answer.response_types).toEqual(['code'])
  })

  test('may come from a page of any origin, which may read the answer', async () => {
    const response = await register(
      { redirect_uris: [callback] },
      { headers: { origin: 'https://inspector.example', 'sec-fetch-site': 'cross-site' } },
    )
    expect(response.status).toBe(201)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  const names: [string, string][] = [
    ['  Night \t\n Owl  ', 'Night Owl'],
    ['Evil\u202e moc.elgoog', 'Evil moc.elgoog'],
    ['Goo\u200bgle\u2066\u2069\ufeff', 'Google'],
    ['a\u0000b\u0007c', 'a b c'],
    ['\u3164\u3164', 'Unnamed client'],
    ['\u2800 \u00ad', 'Unnamed client'],
    ['<b>Owl</b>', '<b>Owl</b>'],
    ['Ünï 文 👩', 'Ünï 文 👩'],
  ]
  test.each(names)('by the name %j is called %j', async (client_name, shown) => {
    expect(await answerTo({ redirect_uris: [callback], client_name })).toMatchObject({
      client_name: shown,
    })
  })
})

describe('a registration is refused', () => {
  const good = { redirect_uris: [callback] }
  const unfit: [string, unknown, string][] = [
    ['that is a list', [], 'invalid_client_metadata'],
    ['that is nothing', null, 'invalid_client_metadata'],
    ['without a redirect URI', {}, 'invalid_redirect_uri'],
    ['with an empty list of them', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['with a text for the list', { redirect_uris: callback }, 'invalid_redirect_uri'],
    ['with a number among them', { redirect_uris: [callback, 1] }, 'invalid_redirect_uri'],
    [
      'with eleven of them',
      { redirect_uris: Array.from({ length: 11 }, (_, i) => `${callback}/${i}`) },
      'invalid_redirect_uri',
    ],
    [
      'with a long one',
      { redirect_uris: [`https://a.example/${'x'.repeat(2_000)}`] },
      'invalid_redirect_uri',
    ],
    [
      'with a bad one among good ones',
      { redirect_uris: [callback, 'javascript:alert(1)'] },
      'invalid_redirect_uri',
    ],
    ['with a long name', { ...good, client_name: 'x'.repeat(101) }, 'invalid_client_metadata'],
    ['with an object for a name', { ...good, client_name: {} }, 'invalid_client_metadata'],
    [
      'for tokens without a code',
      { ...good, grant_types: ['client_credentials'] },
      'invalid_client_metadata',
    ],
    ['for refreshing only', { ...good, grant_types: ['refresh_token'] }, 'invalid_client_metadata'],
    ['for implicit tokens', { ...good, response_types: ['token'] }, 'invalid_client_metadata'],
    [
      'with a method that is not offered',
      { ...good, token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
    ],
    [
      'for another kind of application',
      { ...good, application_type: 'service' },
      'invalid_client_metadata',
    ],
  ]
  test.each(unfit)('%s', async (_, json, error) => {
    const response = await register(json)
    expect(response.status).toBe(400)
    const answer = await jsonOf<Answer>(response)
    expect(answer.error).toBe(error)
    expect(JSON.stringify(answer)).not.toContain('alert')
  })

  test('that is no JSON, or is sent as something else', async () => {
    const raw = (body: string, type: string) => register(undefined, { raw: { body, type } })
    const broken = await raw('{', 'application/json')
    expect([broken.status, (await jsonOf(broken)).error]).toEqual([400, 'invalid_client_metadata'])
    const form = await raw(
      'redirect_uris=https%3A%2F%2Fa.example',
      'application/x-www-form-urlencoded',
    )
    expect([form.status, (await jsonOf(form)).error]).toEqual([400, 'invalid_request'])
    const plain = await raw(JSON.stringify({ redirect_uris: [callback] }), 'text/plain')
    expect(plain.status).toBe(400)
  })

  test('that is larger than 16 kB', async () => {
    const response = await register({ redirect_uris: [callback], pad: 'x'.repeat(17_000) })
    expect(response.status).toBe(413)
  })

  test('at a server that is no issuer', async () => {
    const { none, external } = world.northwind.servers
    for (const other of [none, external])
      expect((await register({ redirect_uris: [callback] }, {}, other)).status).toBe(404)
  })
})

describe('who registers too much', () => {
  const good = { redirect_uris: [callback], token_endpoint_auth_method: 'none' }

  test('is told when to come back; other networks and other servers go on', async () => {
    const statuses: number[] = []
    for (let sent = 0; sent < 62; sent++) statuses.push((await register({})).status)
    expect(statuses.filter((status) => status === 400)).toHaveLength(60)
    const refused = await register(good)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await jsonOf(refused)).toMatchObject({ error: 'temporarily_unavailable' })
    const issuer = await issuerOf(world.desk, server)
    await countRegistration(world.desk.database, issuer, '203.0.113.8')
    const other = world.southwind.servers.platform
    expect((await register(good, {}, other)).status).toBe(201)
  })

  test('from many networks is stopped at the server, and at no other', async () => {
    const { database } = world.desk
    const issuer = await issuerOf(world.desk, server)
    const other = await issuerOf(world.desk, world.southwind.servers.platform)
    const count = (at: typeof issuer, sent: number) =>
      countRegistration(database, at, `198.51.${sent >> 8}.${sent & 255}`)
    let counted = 0
    while (
      counted < 400 &&
      (await count(issuer, counted).then(
        () => true,
        () => false,
      ))
    )
      counted++
    expect(counted).toBeGreaterThanOrEqual(300)
    expect(counted).toBeLessThan(320)
    expect(await count(issuer, 500).catch(toProblem)).toMatchObject({ status: 429 })
    await count(other, 500)
  })
})
