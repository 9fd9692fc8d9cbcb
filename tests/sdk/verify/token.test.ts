import { afterAll, beforeAll, expect, test } from 'bun:test'
import { reporterOf } from '../../../sdk/src/identity.ts'
import { createTokenVerifier, InvalidTokenError } from '../../../sdk/src/verify.ts'
import { type Claims, type Issuer, nowS, openIssuer, resource } from './issuer.ts'

let issuer: Issuer
beforeAll(async () => {
  issuer = await openIssuer()
})
afterAll(() => issuer.close())

const verifier = (more = {}) => createTokenVerifier({ url: issuer.issuer, resource, ...more })

async function refused(token: unknown, more = {}): Promise<string> {
  const failure = await verifier(more)
    .verifyAccessToken(token as string)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(InvalidTokenError)
  return (failure as Error).message
}

test('a good token says who it speaks for, where the support tool looks for them', async () => {
  const payload = { email: 'alex@company.com', name: 'Alex', sid: 's1', jti: 'j1', groups: ['x'] }
  const token = await issuer.sign({ payload })
  const { expiresAt, ...found } = await verifier().verifyAccessToken(token)
  expect(found).toEqual({
    token,
    clientId: 'test-client',
    scopes: ['support', 'profile'],
    resource: new URL(resource),
    extra: { iss: issuer.issuer, sub: 'alex', ...payload, groups: undefined } as never,
  })
  expect(expiresAt - nowS()).toBeWithin(590, 601)
  expect(reporterOf(found)).toEqual({
    issuer: issuer.issuer,
    subject: 'alex',
    email: 'alex@company.com',
    name: 'Alex',
    sid: 's1',
  })
})

const others: [string, Claims][] = [
  ['azp and scp in a text', { azp: 'c2', scp: 'a b' }],
  ['cid and scp in a list', { cid: 'c2', scp: ['a', 'b'] }],
]
test.each(others)('%s, as some issuers have them, are understood', async (_, payload) => {
  const found = await verifier().verifyAccessToken(
    await issuer.sign({ payload: { client_id: undefined, scope: undefined, ...payload } }),
  )
  expect(found).toMatchObject({ clientId: 'c2', scopes: ['a', 'b'] })
})

test('claims of other names can hold e-mail and name', async () => {
  const payload = { 'https://docuapi.example/email': 'alex@company.com', nickname: 'Al' }
  const claims = { email: 'https://docuapi.example/email', name: 'nickname' }
  const found = await verifier({ claims }).verifyAccessToken(await issuer.sign({ payload }))
  expect(found.extra).toMatchObject({ email: 'alex@company.com', name: 'Al' })
})

test('an e-mail that the issuer has not verified is left out', async () => {
  const payload = { email: 'someone@else.example', email_verified: false }
  const found = await verifier().verifyAccessToken(await issuer.sign({ payload }))
  expect(found.extra.email).toBeUndefined()
})

const expired = { exp: nowS() - 60, iat: nowS() - 600 }
const broken: [string, Claims, string][] = [
  ['for another audience', { aud: 'https://other.example/mcp' }, 'audience'],
  ['for a resource below this one', { aud: `${resource}/admin` }, 'audience'],
  ['for this resource in another case', { aud: resource.toUpperCase() }, 'audience'],
  ['without an audience', { aud: undefined }, 'audience'],
  ['of another issuer', { iss: 'https://other.example' }, 'issuer'],
  ['without an issuer', { iss: undefined }, 'issuer'],
  ['that has expired', expired, 'expired'],
  ['without an end', { exp: undefined }, 'expiry'],
  ['whose end is text', { exp: '9999999999' }, 'expiry'],
  ['that is not valid yet', { nbf: nowS() + 60 }, 'not valid yet'],
  ['issued in the future', { iat: nowS() + 60 }, 'not valid yet'],
  ['without a subject', { sub: undefined }, 'subject'],
  ['with an empty subject', { sub: '' }, 'complete'],
  ['whose subject is a number', { sub: 42 }, 'complete'],
  ['that is an ID token, by its at_hash', { at_hash: 'x' }, 'not an access token'],
  ['that is an ID token, as Cognito marks it', { token_use: 'id' }, 'not an access token'],
  ['that is a refresh token, as Keycloak marks it', { typ: 'Refresh' }, 'not an access token'],
  ['that is a logout token', { events: {} }, 'not an access token'],
]
test.each(broken)('a token %s is refused', async (_, payload, reason) => {
  expect(await refused(await issuer.sign({ payload }))).toContain(reason)
})

test('five seconds between the clocks are allowed, either way', async () => {
  for (const payload of [{ exp: nowS() - 3 }, { nbf: nowS() + 3, iat: nowS() + 3 }])
    await verifier().verifyAccessToken(await issuer.sign({ payload }))
})

test('the type of an access token is checked where it has one, and at a desk demanded', async () => {
  const desk = await openIssuer()
  desk.metadata.mcp_obs_access_token_typ = 'at+jwt'
  const ofDesk = createTokenVerifier({ url: desk.issuer, resource })
  for (const typ of ['at+jwt', 'application/at+jwt', 'AT+JWT']) {
    await verifier().verifyAccessToken(await issuer.sign({ header: { typ } }))
    await ofDesk.verifyAccessToken(await desk.sign({ header: { typ } }))
  }
  for (const typ of ['JWT', undefined]) {
    await verifier().verifyAccessToken(await issuer.sign({ header: { typ } }))
    const token = await desk.sign({ header: { typ } })
    await expect(ofDesk.verifyAccessToken(token)).rejects.toBeInstanceOf(InvalidTokenError)
  }
  for (const typ of ['logout+jwt', 'dpop+jwt', 'secevent+jwt'])
    expect(await refused(await issuer.sign({ header: { typ } }))).toContain('not an access token')
  desk.close()
})

test('the resource is the audience as clients write it, or another one that is configured', async () => {
  const root = createTokenVerifier({ url: issuer.issuer, resource: 'https://docuapi.example' })
  for (const aud of [
    'https://docuapi.example',
    'https://docuapi.example/',
    ['x', resource, 'https://docuapi.example/'],
  ])
    await root.verifyAccessToken(await issuer.sign({ payload: { aud } }))
  const token = await issuer.sign({ payload: { aud: 'api://docuapi' } })
  for (const audience of ['api://docuapi', ['other', 'api://docuapi']])
    await verifier({ audience }).verifyAccessToken(token)
  expect(await refused(await issuer.sign(), { audience: 'api://docuapi' })).toContain('audience')
})
