import { expect, test } from 'bun:test'
import { newSecret, sha256 } from '#src/lib/ids.ts'
import { jsonOf } from '../../world.ts'
import { claimsOf, errorOf, invalidGrant, redirectUri, resource, type Tokens } from './issuer.ts'
import { signedIn } from './signed-in.ts'

const { all, issuer, client, person } = await signedIn()

test('a code becomes tokens of the end-user, once', async () => {
  const issued = await issuer.code(client, person)
  const response = await issuer.redeem(client, issued)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  const tokens = await jsonOf<Tokens>(response)
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'support' })
  expect(claimsOf(tokens.access_token)).toMatchObject({
    iss: issuer.url,
    sub: person.id,
    aud: resource,
    client_id: client.id,
    scope: 'support',
  })
  expect(JSON.stringify(claimsOf(tokens.access_token))).not.toContain('fjord')
})

test('a code that comes again ends what it became', async () => {
  const issued = await issuer.code(client, person)
  const { access_token, refresh_token } = await jsonOf<Tokens>(await issuer.redeem(client, issued))
  expect(await issuer.isAlive(access_token)).toBe(true)
  expect(await errorOf(await issuer.redeem(client, issued))).toEqual(invalidGrant)
  expect(await issuer.isAlive(access_token)).toBe(false)
  expect(await errorOf(await issuer.refresh(client, refresh_token))).toEqual(invalidGrant)
})

test('of 32 redemptions at once one succeeds, and its grant ends', async () => {
  const issued = await issuer.code(client, person)
  const responses = await Promise.all(
    Array.from({ length: 32 }, () => issuer.redeem(client, issued)),
  )
  const [won, ...more] = responses.filter(({ status }) => status === 200)
  expect(more).toEqual([])
  for (const lost of responses.filter((response) => response !== won))
    expect(await errorOf(lost)).toEqual(invalidGrant)
  const { access_token } = await jsonOf<Tokens>(won as Response)
  expect(await issuer.isAlive(access_token)).toBe(false)
})

test('a code lasts a minute', async () => {
  const issued = await issuer.code(client, person)
  const { owner } = all.world.database
  const isCode = owner`code_hash = ${sha256(issued.code)}`
  const [{ lasts } = {}] = await owner`
    select extract(epoch from expires_at - now())::float8 as lasts
      from authorization_code where ${isCode}`
  expect(lasts).toBeGreaterThan(30)
  expect(lasts).toBeLessThanOrEqual(60)
  await owner`update authorization_code set expires_at = now() where ${isCode}`
  expect(await errorOf(await issuer.redeem(client, issued))).toEqual(invalidGrant)
})

for (const [what, change, error] of [
  ['another verifier', { code_verifier: newSecret() }, 'invalid_grant'],
  ['a verifier that is too short', { code_verifier: 'a'.repeat(42) }, 'invalid_grant'],
  ['a verifier that is too long', { code_verifier: 'a'.repeat(129) }, 'invalid_grant'],
  ['no verifier', { code_verifier: [] }, 'invalid_request'],
  [
    'another redirect address of its own',
    { redirect_uri: 'http://127.0.0.1/back' },
    'invalid_grant',
  ],
  ['an address that only begins alike', { redirect_uri: `${redirectUri}/` }, 'invalid_grant'],
  ['no redirect address', { redirect_uri: [] }, 'invalid_request'],
  ['another resource', { resource: 'https://other.example/mcp' }, 'invalid_target'],
  [
    'another resource beside its own',
    { resource: [resource, 'https://b.example'] },
    'invalid_target',
  ],
  ['a verifier twice', { code_verifier: ['a'.repeat(43), 'a'.repeat(43)] }, 'invalid_request'],
  ['its code twice', { code: ['a', 'b'] }, 'invalid_request'],
  ['a NUL', { code: 'a\0' }, 'invalid_request'],
  ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
  ['no grant type', { grant_type: [] }, 'invalid_request'],
  ['an empty grant type', { grant_type: '' }, 'invalid_request'],
] as const)
  test(`a code with ${what} is ${error}`, async () => {
    const issued = await issuer.code(client, person)
    const given = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, [value].flat().map(String)]),
    )
    const refused = await issuer.redeem(client, issued, given)
    expect(await errorOf(refused)).toEqual({ status: 400, error })
  })

test('a verifier that could be guessed is refused, though it fits', async () => {
  for (const verifier of ['short', 'a'.repeat(129), `${'a'.repeat(42)} `]) {
    const asked = issuer.request(client, verifier)
    const location = (await issuer.consent(person, asked)).headers.get('location') ?? ''
    const code = new URL(location).searchParams.get('code') ?? ''
    expect(await errorOf(await issuer.redeem(client, { code, verifier }))).toEqual(invalidGrant)
  }
})

test('a wrong verifier costs the code', async () => {
  const issued = await issuer.code(client, person)
  await issuer.redeem(client, issued, { code_verifier: newSecret() })
  expect(await errorOf(await issuer.redeem(client, issued))).toEqual(invalidGrant)
})

test('the same resource again is fine, and so is none', async () => {
  for (const change of [{ resource }, { resource: [] }]) {
    const issued = await issuer.code(client, person)
    expect((await issuer.redeem(client, issued, change)).status).toBe(200)
  }
})

test('a code is nothing to another client, whose attempt changes nothing', async () => {
  const other = await issuer.client()
  const issued = await issuer.code(client, person)
  expect(await errorOf(await issuer.redeem(other, issued))).toEqual(invalidGrant)
  const tokens = await jsonOf<Tokens>(await issuer.redeem(client, issued))
  expect(await errorOf(await issuer.redeem(other, issued))).toEqual(invalidGrant)
  expect(await issuer.isAlive(tokens.access_token)).toBe(true)
})

test('a client that is not registered for refresh tokens gets a grant as long as its token', async () => {
  const plain = await issuer.client({ grants: ['authorization_code'] })
  const tokens = await issuer.tokens(plain, person)
  expect(tokens.refresh_token).toBeUndefined()
  const [grant] = await all.world.database.owner`
    select extract(epoch from expires_at - created_at)::int as lasts, family_hash, refresh_hash
      from oauth_grant where client_id = ${plain.id}`
  expect({ ...grant }).toEqual({ lasts: 600, family_hash: null, refresh_hash: null })
})

test('a client with a secret proves it', async () => {
  const secret = newSecret()
  const confidential = await issuer.client({ secret })
  const issued = await issuer.code(confidential, person)
  for (const wrong of [{ client_secret: newSecret() }, { client_secret: [] }]) {
    const refused = await issuer.redeem(confidential, issued, wrong)
    expect(await errorOf(refused)).toEqual({ status: 401, error: 'invalid_client' })
  }
  expect((await issuer.redeem(confidential, issued)).status).toBe(200)
})

test('nothing of a code, nor of a refresh token, is stored as it is', async () => {
  const issued = await issuer.code(client, person)
  const { refresh_token } = await jsonOf<Tokens>(await issuer.redeem(client, issued))
  const { owner } = all.world.database
  const rows = await owner`
    select to_jsonb(c)::text as row from authorization_code c
    union all select to_jsonb(g)::text from oauth_grant g`
  const stored = rows.map(({ row }) => row).join()
  for (const secret of [issued.code, refresh_token.slice(3, 46), refresh_token.slice(46)]) {
    expect(secret).toHaveLength(43)
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
    expect(stored).not.toContain(Buffer.from(secret, 'base64url').toString('hex'))
  }
})

test('what is dead is refused in the same words, however often: clients start over from those', async () => {
  for (let times = 0; times < 150; times++) {
    const refused = await issuer.refresh(client, 'rt_nothing')
    if (refused.status !== 400 || times === 149)
      expect(await errorOf(refused)).toEqual(invalidGrant)
  }
})
