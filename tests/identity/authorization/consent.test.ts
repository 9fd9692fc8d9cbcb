import { expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { jsonOf } from '../../world.ts'
import { claimsOf, redirectUri, resource, type TestClient, type Tokens } from '../grants/issuer.ts'
import { signedIn } from '../grants/signed-in.ts'

const { all, issuer, client, person } = await signedIn()

type Change = Record<string, string | string[]>

const pageOf = async (of: TestClient, change: Change = {}) => {
  const response = await issuer.ask(`/authorize?${issuer.request(of, 'v', change)}`, person)
  expect(response.status).toBe(200)
  return { response, text: await response.text() }
}

const locationOf = (response: Response) => response.headers.get('location') ?? ''
const codes = async () => {
  const [row] = await all.world.database.owner`select count(*)::int as n from authorization_code`
  return row?.n
}

test('the page says who asks, where the answer goes, what for, and who would grant it', async () => {
  const { response, text } = await pageOf(client)
  for (const said of ['Night owl', 'client.example', resource, 'DocuAPI', 'Ana Lindqvist'])
    expect(text).toContain(said)
  expect(text).toContain(`action="${issuer.path}/consent"`)
  expect(text).toContain(`action="${issuer.path}/sign-out"`)
  expect(text).not.toContain('on this computer')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("form-action 'self' https://client.example;")
  expect(policy).toContain("frame-ancestors 'none'")
})

test('a program on this computer comes with a warning, an app by its scheme too', async () => {
  const { text } = await pageOf(client, { redirect_uri: 'http://127.0.0.1:9000/back' })
  expect(text).toContain('a program on this computer')
  expect(text).toContain('127.0.0.1:9000')
  const app = await issuer.client({ uris: ['com.example.owl:/back'] })
  const asked = await pageOf(app, { redirect_uri: 'com.example.owl:/back' })
  expect(asked.text).toContain('com.example.owl:')
  for (const page of [text, asked.text]) expect(page).toContain('could claim to be this one')
  expect(asked.response.headers.get('content-security-policy')).toContain(' com.example.owl:;')
})

test('a host that only looks like another is shown in ASCII', async () => {
  const uri = 'https://xn--80ak6aa92e.com/back'
  const lookalike = await issuer.client({ uris: [uri] })
  const { text } = await pageOf(lookalike, { redirect_uri: uri })
  expect(text).toContain('<b>xn--80ak6aa92e.com</b>')
})

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&lt;`

test('markup in a client’s name or a state comes out as text', async () => {
  const named = await issuer.client({ name: hostile })
  const { text } = await pageOf(named, { state: hostile, unknown: hostile })
  expect(text).not.toMatch(/<script>|<img|onerror=alert\(1\)>'/)
  expect(text).toContain('&lt;script')
  const wrong = issuer.request(named, 'v', { redirect_uri: hostile, state: hostile })
  const shown = await issuer.ask(`/authorize?${wrong}`, person)
  expect(shown.status).toBe(400)
  expect(await shown.text()).not.toMatch(/script>alert|<img/)
})

test('a client that is known by a document is named with its host', async () => {
  const document = await issuer.client({ id: 'https://owl.example/client.json' })
  expect((await pageOf(document)).text).toContain('<b>owl.example</b>')
  expect((await pageOf(client)).text).toContain('nobody has checked it')
})

const states = [
  'a b+c&d=e#f%20?/:@',
  '"\'<>\\`{}|^~',
  '%0d%0aset-cookie:a=b',
  '\r\nset-cookie: a=b',
  'é🦉\u202e',
  '&iss=https://evil.example&code=x',
  '0',
]

for (const state of states)
  test(`the state ${JSON.stringify(state)} comes back as it was, and adds nothing`, async () => {
    for (const decision of ['allow', 'deny']) {
      const asked = issuer.request(client, 'v', { state })
      const response = await issuer.consent(person, asked, { decision })
      expect(response.status).toBe(303)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(response.headers.get('cache-control')).toBe('no-store')
      const location = locationOf(response)
      expect(location).toMatch(/^[\x21-\x7e]+$/)
      const said = [...new URL(location).searchParams]
      const first = decision === 'allow' ? ['code'] : ['error', 'error_description']
      expect(said.map(([name]) => name)).toEqual([...first, 'state', 'iss'])
      expect(Object.fromEntries(said)).toMatchObject({ state, iss: issuer.url })
    }
  })

test('no makes no code', async () => {
  const before = await codes()
  const response = await issuer.consent(person, issuer.request(client, 'v'), { decision: 'deny' })
  expect(new URL(locationOf(response)).searchParams.get('error')).toBe('access_denied')
  expect(await codes()).toBe(before)
})

test('the query of a registered address stays as it is, before the answer', async () => {
  for (const [uri, start] of [
    [
      'https://client.example/back?a=1&b=%2F%20+',
      'https://client.example/back?a=1&b=%2F%20+&code=',
    ],
    ['https://client.example/back?', 'https://client.example/back?code='],
    ['https://client.example', 'https://client.example?code='],
    ['com.example.owl:/back', 'com.example.owl:/back?code='],
  ] as const) {
    const queried = await issuer.client({ uris: [uri] })
    const asked = issuer.request(queried, 'v', { redirect_uri: uri })
    expect(locationOf(await issuer.consent(person, asked))).toStartWith(start)
  }
})

test('a form from another site is refused', async () => {
  const before = await codes()
  const asked = issuer.request(client, 'v')
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': '', origin: 'https://evil.example' },
    { 'sec-fetch-site': '' },
  ])
    expect((await issuer.consent(person, asked, {}, { headers })).status).toBe(403)
  expect(await codes()).toBe(before)
})

test('a consent without a session goes to sign in and makes no code', async () => {
  const before = await codes()
  const asked = issuer.request(client, 'v')
  for (const cookie of ['', 'mcp_obs_user=x', 'mcp_obs_user=']) {
    const response = await issuer.consent({ id: person.id, cookie }, asked)
    expect(response.status).toBe(303)
    expect(locationOf(response)).toStartWith(`${issuer.path}/sign-in?request=`)
  }
  expect(await codes()).toBe(before)
})

test('a consent that was shown to somebody else, or to nobody, is asked again', async () => {
  const before = await codes()
  const another = (await issuer.person()).id
  for (const shown of [another, '', []])
    for (const decision of ['allow', 'deny']) {
      const answer = { person: shown, decision }
      const response = await issuer.consent(person, issuer.request(client, 'v'), answer)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain(person.id)
    }
  expect(await codes()).toBe(before)
})

test('a consent without a decision is no consent', async () => {
  for (const decision of ['', 'yes', 'Allow', []]) {
    const response = await issuer.consent(person, issuer.request(client, 'v'), { decision })
    expect(response.status).toBe(400)
  }
})

test('a consent is read from scratch: what is wrong in it is wrong again', async () => {
  const plain = issuer.request(client, 'v', { code_challenge_method: 'plain' })
  const response = await issuer.consent(person, plain)
  expect(new URL(locationOf(response)).searchParams.get('error')).toBe('invalid_request')
  for (const request of ['', 'x', `client_id=${client.id}`, `client_id=%00`, '%00'])
    expect((await issuer.consent(person, request)).status).toBe(400)
})

test('a consent that is sent twice is two codes, each for the same person only', async () => {
  const verifier = 'v'.repeat(43)
  const asked = issuer.request(client, verifier)
  const issued = await Promise.all(
    [1, 2].map(async () => {
      const location = locationOf(await issuer.consent(person, asked))
      return new URL(location).searchParams.get('code') ?? ''
    }),
  )
  expect(new Set(issued).size).toBe(2)
  for (const code of issued) {
    const redeemed = await issuer.redeem(client, { code, verifier })
    const { access_token } = await jsonOf<Tokens>(redeemed)
    expect(claimsOf(access_token).sub).toBe(person.id)
  }
})

test('a consent is noted at the client, and stored without its code', async () => {
  const { owner } = all.world.database
  const fresh = await issuer.client()
  const { code } = await issuer.code(fresh, person)
  const [row] = await owner`select used_at from oauth_client where id = ${fresh.id}`
  expect(row?.used_at).toBeInstanceOf(Date)
  const [stored] = await owner`
    select redirect_uri, resource, scope, end_user_id, redeemed_at
      from authorization_code where code_hash = ${sha256(code)}`
  expect({ ...stored }).toEqual({
    redirect_uri: redirectUri,
    resource,
    scope: 'support',
    end_user_id: person.id,
    redeemed_at: null,
  })
})

test('who consents without end is slowed', async () => {
  const tireless = await issuer.person()
  let response = await issuer.consent(tireless, issuer.request(client, 'v'))
  for (let times = 0; response.status === 303 && times < 200; times++)
    response = await issuer.consent(tireless, issuer.request(client, 'v'))
  expect(response.status).toBe(429)
  expect((await issuer.consent(person, issuer.request(client, 'v'))).status).toBe(303)
})

test('a consent given while its session is being ended becomes no code', async () => {
  const leaving = await issuer.person()
  const before = await codes()
  let answer: Promise<Response> | undefined
  await all.world.database.owner.begin(async (tx) => {
    await tx`delete from end_user_session where end_user_id = ${leaving.id}`
    answer = issuer.consent(leaving, issuer.request(client, 'v'))
    await Bun.sleep(300)
  })
  expect(locationOf((await answer) as Response)).toStartWith(`${issuer.path}/sign-in?`)
  expect(await codes()).toBe(before)
})
