import { expect, test } from 'bun:test'
import { loopbackUri, redirectUri, resource } from '../grants/issuer.ts'
import { signedIn } from '../grants/signed-in.ts'

const { all, issuer, client, person } = await signedIn({ MCP_OBS_CLIENT_METADATA: 'off' })

type Change = Record<string, string | string[]>

const ask = (change: Change = {}, cookie = person.cookie) =>
  issuer.ask(`/authorize?${issuer.request(client, 'v', change)}`, { cookie })

const locationOf = (response: Response) => response.headers.get('location') ?? ''

test('who is signed in is asked, who is not is sent to sign in with the request', async () => {
  expect((await ask()).status).toBe(200)
  const response = await ask({}, '')
  expect(response.status).toBe(303)
  const location = new URL(locationOf(response), issuer.url)
  expect(location.pathname).toBe(`${issuer.path}/sign-in`)
  const carried = new URLSearchParams(location.searchParams.get('request') ?? '')
  expect(`${carried}`).toBe(issuer.request(client, 'v'))
})

const wrong: [string, Change, string][] = [
  ['no response type', { response_type: [] }, 'invalid_request'],
  ['an empty response type', { response_type: '' }, 'invalid_request'],
  ['tokens at once', { response_type: 'token' }, 'unsupported_response_type'],
  ['a code and tokens', { response_type: 'code id_token' }, 'unsupported_response_type'],
  ['an answer in the fragment', { response_mode: 'fragment' }, 'invalid_request'],
  ['an answer by form', { response_mode: 'form_post' }, 'invalid_request'],
  ['no challenge', { code_challenge: [] }, 'invalid_request'],
  ['no challenge method, which means plain', { code_challenge_method: [] }, 'invalid_request'],
  ['the plain challenge method', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['a challenge that is too short', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
  ['a challenge of other characters', { code_challenge: '+'.repeat(43) }, 'invalid_request'],
  ['two challenges', { code_challenge: ['a'.repeat(43), 'b'.repeat(43)] }, 'invalid_request'],
  ['two scopes parameters', { scope: ['support', 'support'] }, 'invalid_request'],
  ['two resources', { resource: [resource, resource] }, 'invalid_target'],
  ['a resource with a fragment', { resource: `${resource}#x` }, 'invalid_target'],
  ['a relative resource', { resource: '/mcp' }, 'invalid_target'],
  ['a resource by http', { resource: 'http://vault.example/mcp' }, 'invalid_target'],
  ['a resource with credentials', { resource: 'https://u:p@vault.example/mcp' }, 'invalid_target'],
  ['a resource that is no address', { resource: 'urn:vault' }, 'invalid_target'],
  ['a resource with spaces', { resource: 'https://vault.example/m cp' }, 'invalid_target'],
  [
    'a resource beyond all length',
    { resource: `${resource}/${'a'.repeat(2000)}` },
    'invalid_target',
  ],
  ['no page and another prompt', { prompt: 'none login' }, 'invalid_request'],
  ['no page', { prompt: 'none' }, 'consent_required'],
]

for (const [what, change, error] of wrong)
  test(`a request with ${what} goes back with ${error}`, async () => {
    const response = await ask(change)
    expect(response.status).toBe(303)
    const location = new URL(locationOf(response))
    expect(location.origin + location.pathname).toBe(redirectUri)
    const { error_description, ...said } = Object.fromEntries(location.searchParams)
    expect(said).toEqual({ error, state: 'st-1', iss: issuer.url })
    expect(error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  })

test('nobody is sent on to another site before they signed in, whatever the request', async () => {
  for (const change of [{ prompt: 'none' }, { response_type: 'token' }, { state: ['a', 'b'] }]) {
    const response = await ask(change, '')
    expect(response.status).toBe(303)
    expect(locationOf(response)).toStartWith(`${new URL(issuer.url).pathname}/sign-in?request=`)
  }
})

test('a program on the person’s own computer hears at once that nobody is signed in', async () => {
  const location = new URL(locationOf(await ask({ redirect_uri: loopbackUri, prompt: 'none' }, '')))
  expect(location.origin + location.pathname).toBe(loopbackUri)
  expect(location.searchParams.get('error')).toBe('login_required')
})

test('a page of an issuer keeps its opener, and the dashboard keeps to itself', async () => {
  const policy = 'cross-origin-opener-policy'
  for (const response of [await ask({}), await ask({ prompt: 'none' })])
    expect(response.headers.get(policy)).toBe('unsafe-none')
  expect((await all.world.ask('/sign-in')).headers.get(policy)).toBe('same-origin')
})

test('two states are none, so neither is sent back', async () => {
  const location = new URL(locationOf(await ask({ state: ['a', 'b'] })))
  expect(location.searchParams.get('error')).toBe('invalid_request')
  expect(location.searchParams.has('state')).toBe(false)
})

test('a client that may not use codes is told so', async () => {
  const narrow = await issuer.client({ grants: ['refresh_token'] })
  const response = await ask({ client_id: narrow.id })
  expect(new URL(locationOf(response)).searchParams.get('error')).toBe('unauthorized_client')
})

for (const [what, change] of [
  ['nothing', { scope: [] }],
  ['other scopes', { scope: 'openid offline_access' }],
  ['a page in any case', { prompt: 'consent login' }],
  ['an answer in the query', { response_mode: 'query' }],
  ['what nobody knows', { ui_locales: 'de', nonce: 'n', unknown: 'x' }],
  ['a resource on this machine', { resource: 'http://127.0.0.1:3000/mcp' }],
  ['no resource', { resource: [] }],
  ['no state', { state: [] }],
] as [string, Change][])
  test(`a request for ${what} is put before the end-user`, async () => {
    expect((await ask(change)).status).toBe(200)
  })

const shown: [string, Change, RegExp][] = [
  ['no client', { client_id: [] }, /client_id is missing/],
  ['an empty client', { client_id: '' }, /client_id is missing/],
  ['two clients', { client_id: ['a', 'b'] }, /client_id is missing or comes twice/],
  ['a client nobody knows', { client_id: 'c_nobody' }, /not registered at/],
  ['a client that is a document', { client_id: 'https://a.example/client.json' }, /<h1>/],
  ['no redirect address', { redirect_uri: [] }, /redirect_uri is missing/],
  ['two redirect addresses', { redirect_uri: [redirectUri, redirectUri] }, /comes twice/],
  ['no length that anybody needs', { state: 'a'.repeat(4000) }, /too long/],
]

for (const [what, change, says] of shown)
  test(`a request with ${what} is explained, and goes nowhere`, async () => {
    const response = await ask(change)
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(says)
  })

for (const uri of [
  'https://evil.example/back',
  'https://client.example/back/',
  'https://client.example/back?x=1',
  'https://client.example/back#x',
  'https://client.example/Back',
  'https://client.example:444/back',
  'https://client.example/back/../back',
  'https://client.example/%62ack',
  'https://client.example@evil.example/back',
  'https://u:p@client.example/back',
  'https://client.example\\@evil.example/back',
  'https://client.example.evil.example/back',
  'http://client.example/back',
  '//client.example/back',
  '/back',
  'https:/client.example/back',
  'https://client.example/back\r\nset-cookie: a=b',
  'https://client.example/back ',
  ' https://client.example/back',
  'javascript:alert(1)',
  'http://127.0.0.1:9000/other',
  'http://127.0.0.1:9000/back/',
  'http://127.0.0.1:9000/back?x',
  'http://127.0.0.1:9000@evil.example/back',
  'http://127.0.0.1:90000/back',
  'http://127.0.0.1.evil.example/back',
  'http://localhost:9000/back',
  'http://127.0.0.2:9000/back',
  'https://127.0.0.1:9000/back',
])
  test(`${JSON.stringify(uri)} is not where the client registered, so nothing goes there`, async () => {
    for (const change of [{}, { response_type: 'token' }, { prompt: 'none' }])
      for (const response of [
        await ask({ redirect_uri: uri, ...change }),
        await issuer.consent(person, issuer.request(client, 'v', { redirect_uri: uri, ...change })),
      ]) {
        expect(response.status).toBe(400)
        expect(response.headers.get('location')).toBeNull()
        expect(response.headers.get('set-cookie')).toBeNull()
      }
  })

test('a loopback address has a free port', async () => {
  for (const uri of [loopbackUri, 'http://127.0.0.1:9000/back', 'http://127.0.0.1:65535/back']) {
    const location = locationOf(await ask({ redirect_uri: uri, prompt: 'none' }))
    expect(location).toStartWith(`${uri}?error=consent_required&`)
  }
})

test('where a server has an audience, only that is given tokens for', async () => {
  const { owner } = all.world.database
  await owner`update mcp_server set audience = 'https://Vault.example' where id = ${issuer.id}`
  for (const [named, status] of [
    ['https://Vault.example', 200],
    ['https://vault.example/', 200],
    ['https://vault.example', 200],
    ['https://vault.example/mcp', 303],
    [issuer.url, 303],
  ] as const)
    expect({ named, status: (await ask({ resource: named })).status }).toEqual({ named, status })
  expect(await (await ask({ resource: [] })).text()).toContain('https://Vault.example')
  await owner`update mcp_server set audience = null where id = ${issuer.id}`
})
