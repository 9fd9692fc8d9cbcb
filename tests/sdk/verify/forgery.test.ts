import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type CryptoKey, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { createTokenVerifier, InvalidTokenError } from '../../../sdk/src/verify.ts'
import { type Issuer, newKey, nowS, openIssuer, resource } from './issuer.ts'

let issuer: Issuer
beforeAll(async () => {
  issuer = await openIssuer()
})
afterAll(() => issuer.close())

const verifier = (more = {}) => createTokenVerifier({ url: issuer.issuer, resource, ...more })

async function refused(token: string): Promise<string> {
  const failure = await verifier()
    .verifyAccessToken(token)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(InvalidTokenError)
  return (failure as Error).message
}

test('what is not signed by a key of the issuer is refused', async () => {
  const stranger = await newKey('first')
  expect(await refused(await issuer.sign({ key: stranger }))).toContain('signature')
  const [head, body, signature] = (await issuer.sign()).split('.')
  const forged = Buffer.from(JSON.stringify({ ...claims(), sub: 'sam' })).toString('base64url')
  expect(await refused(`${head}.${forged}.${signature}`)).toContain('signature')
  await refused(`${head}.${body}.`)
})

const claims = () => ({ iss: issuer.issuer, sub: 'alex', aud: resource, exp: nowS() + 600 })

test('a token without a signature is refused', async () => {
  await refused(new UnsecuredJWT(claims()).encode())
  for (const alg of ['None', 'NONE', 'nOnE']) {
    const head = Buffer.from(JSON.stringify({ alg })).toString('base64url')
    await refused(`${head}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`)
  }
})

test('a public key does not pass for a shared secret', async () => {
  const publicKey = await importJWK(issuer.key.publicJwk, 'ES256', { extractable: true })
  const secrets = [
    JSON.stringify(issuer.key.publicJwk),
    await exportSPKI(publicKey as CryptoKey),
    issuer.key.publicJwk.x ?? '',
  ]
  for (const secret of secrets) {
    const header = { alg: 'HS256', kid: 'first', typ: 'at+jwt' }
    const key = new TextEncoder().encode(secret)
    await refused(await new SignJWT(claims()).setProtectedHeader(header).sign(key))
  }
})

test('a key that comes with the token is not looked at', async () => {
  const stranger = await newKey('theirs')
  const fetched: string[] = []
  const theirs = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      fetched.push(request.url)
      return Response.json({ keys: [stranger.publicJwk] })
    },
  })
  for (const kid of ['first', 'theirs'])
    for (const header of [
      { jwk: stranger.publicJwk },
      { jku: `${theirs.url}` },
      { x5u: `${theirs.url}` },
    ])
      await refused(await issuer.sign({ key: stranger, header: { ...header, kid } }))
  expect(fetched).toEqual([])
  theirs.stop(true)
})

test('a header that must be understood and is not, is refused', async () => {
  const sign = new SignJWT(claims()).setProtectedHeader({
    alg: 'ES256',
    kid: 'first',
    crit: ['urn:x'],
    'urn:x': 1,
  })
  await refused(await sign.sign(issuer.key.privateKey, { crit: { 'urn:x': true } }))
})

test('what is too long, or no token at all, is refused before anything is fetched', async () => {
  const quiet = await openIssuer()
  const { verifyAccessToken } = createTokenVerifier({ url: quiet.issuer, resource })
  const huge = await quiet.sign({ payload: { padding: 'x'.repeat(16 * 1024) } })
  for (const token of [
    huge,
    'a'.repeat(1_000_000),
    '',
    'garbage',
    '..',
    'a.b.c',
    '{}',
    'é.é.é',
    undefined,
    42,
    {},
  ])
    await expect(verifyAccessToken(token as string)).rejects.toBeInstanceOf(InvalidTokenError)
  expect(quiet.requests).toEqual([])
  quiet.close()
})

test('no refusal repeats what is in the token', async () => {
  const payload = { aud: 'secret-audience', sub: 'secret-subject' }
  for (const token of [await issuer.sign({ payload }), 'secret.secret.secret'])
    expect(await refused(token)).not.toMatch(/secret|["\\]/)
})

test("a host's own error is thrown in place of ours", async () => {
  class Unauthorized extends Error {}
  const invalidToken = (message: string) => new Unauthorized(message)
  const { verifyAccessToken } = verifier({ invalidToken })
  await expect(verifyAccessToken('garbage')).rejects.toBeInstanceOf(Unauthorized)
})

test.each(['ES384', 'PS256', 'RS256', 'EdDSA'])('%s is understood', async (alg) => {
  const key = await newKey(`of ${alg}`, alg)
  const other = await openIssuer()
  other.published.push(key.publicJwk)
  const { verifyAccessToken } = createTokenVerifier({ url: other.issuer, resource })
  expect((await verifyAccessToken(await other.sign({ key }))).extra.sub).toBe('alex')
  other.close()
})
