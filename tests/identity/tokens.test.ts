import { afterAll, describe, expect, test } from 'bun:test'
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose'
import { createTokenVerifier } from '#sdk/verify.ts'
import { publishedKeys, signingKeyOf } from '#src/identity/signing/keys.ts'
import { issueAccessToken, readAccessToken } from '#src/identity/tokens.ts'
import { listen } from '../web/listening.ts'
import { makeWorld } from '../world.ts'
import { granted, issuerOf, signsWith, tokenOf } from './issuers.ts'

const now = new Date('2026-11-22T09:00:00.500Z')
const world = await makeWorld()
const { desk } = world
const north = await issuerOf(desk, world.northwind.servers.platform)
const south = await issuerOf(desk, world.southwind.servers.platform)
afterAll(() => world.close())

const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const partOf = (token: string, index: 0 | 1) =>
  JSON.parse(String(Buffer.from(String(token.split('.')[index]), 'base64url')))

test('an access token is of RFC 9068, for ten minutes, and says nothing more of the person', async () => {
  const { token, expiresInS } = await issueAccessToken(desk, north, granted, now)
  expect(expiresInS).toBe(600)
  expect(partOf(token, 0)).toEqual({
    alg: 'ES256',
    typ: 'at+jwt',
    kid: await signsWith(desk, north, now),
  })
  expect(partOf(token, 1)).toEqual({
    iss: north.url,
    sub: granted.subject,
    aud: granted.resource,
    client_id: granted.clientId,
    scope: granted.scope,
    sid: granted.sid,
    iat: now.getTime() / 1000 - 0.5,
    exp: now.getTime() / 1000 - 0.5 + 600,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('it is read as it was issued, until it ends', async () => {
  const token = await tokenOf(desk, north, now)
  const read = await readAccessToken(desk, north, token, now)
  expect(read).toEqual({
    ...granted,
    jti: partOf(token, 1).jti,
    issuedAt: new Date('2026-11-22T09:00:00Z'),
    expiresAt: new Date('2026-11-22T09:10:00Z'),
  })
  expect(await readAccessToken(desk, north, token, later(604))).toEqual(read)
  expect(await readAccessToken(desk, north, token, later(606))).toBeNull()
})

test('it is nothing at another server, of whichever organization', async () => {
  const token = await tokenOf(desk, north, now)
  await tokenOf(desk, south, now)
  expect(await readAccessToken(desk, south, token, now)).toBeNull()
  const [ours = ''] = (await publishedKeys(desk, north, now)).map(({ kid }) => kid)
  const theirs = await publishedKeys(desk, south, now)
  expect(theirs).toHaveLength(1)
  expect(theirs.map(({ kid }) => kid)).not.toContain(ours)
  // The name of an issuer alone makes nobody that issuer.
  expect(await readAccessToken(desk, { ...south, url: north.url }, token, now)).toBeNull()
})

test('keys that are gone verify nothing a minute later, whatever a desk remembers', async () => {
  const token = await tokenOf(desk, south, now)
  await world.database.owner`delete from signing_key where mcp_server_id = ${south.serverId}`
  expect(await readAccessToken(desk, south, token, later(60))).toBeNull()
  expect(await readAccessToken(desk, north, token, later(60))).toBeNull()
})

describe('refused is', () => {
  const payload = { client_id: 'c-1', scope: 'support', sid: granted.sid, jti: 'j' }
  const make = (header: JWTHeaderParameters, iss: string, claims: object = payload) =>
    new SignJWT({ ...claims })
      .setProtectedHeader(header)
      .setIssuer(iss)
      .setSubject(granted.subject)
      .setAudience(granted.resource)
      .setIssuedAt(now)
      .setExpirationTime(later(600))
  const good = async () => ({
    header: { alg: 'ES256', typ: 'at+jwt', kid: await signsWith(desk, north, now) },
    key: (await signingKeyOf(desk, north, now)).privateKey,
  })

  test('not what is made as the desk makes it', async () => {
    const { header, key } = await good()
    const token = await make(header, north.url).sign(key)
    expect(await readAccessToken(desk, north, token, now)).toMatchObject(granted)
  })

  const cases: Record<string, () => Promise<string>> = {
    'one of another issuer’s name': async () => {
      const { header, key } = await good()
      return make(header, `${north.url}/`).sign(key)
    },
    'one of another type': async () => {
      const { header, key } = await good()
      return make({ ...header, typ: 'JWT' }, north.url).sign(key)
    },
    'one without a grant': async () => {
      const { header, key } = await good()
      return make(header, north.url, { ...payload, sid: undefined }).sign(key)
    },
    'one with a key of somebody’s own by the same name': async () => {
      const { header } = await good()
      return make(header, north.url).sign((await generateKeyPair('ES256')).privateKey)
    },
    'one with a key in its header': async () => {
      const { header } = await good()
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
      return make({ ...header, jwk: await exportJWK(publicKey) }, north.url).sign(privateKey)
    },
    'one that takes the public key for a secret': async () => {
      const { header } = await good()
      const [key] = await publishedKeys(desk, north, now)
      const secret = new TextEncoder().encode(JSON.stringify(key))
      return make({ ...header, alg: 'HS256' }, north.url).sign(secret)
    },
    'one that is not signed': async () => {
      const { header, key } = await good()
      const [, claims] = (await make(header, north.url).sign(key)).split('.')
      const none = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')
      return `${none}.${claims}.`
    },
    'one whose words were changed': async () => {
      const [header, claims, signature] = (await tokenOf(desk, north, now)).split('.')
      const said = JSON.parse(String(Buffer.from(String(claims), 'base64url')))
      const changed = Buffer.from(JSON.stringify({ ...said, sub: 'u-2' })).toString('base64url')
      return `${header}.${changed}.${signature}`
    },
    'one that is too long': async () => {
      const { header, key } = await good()
      return make(header, north.url, { ...payload, pad: 'x'.repeat(16_384) }).sign(key)
    },
    'no token at all': async () => 'rt_abc',
    nothing: async () => '',
  }
  for (const [what, token] of Object.entries(cases))
    test(what, async () =>
      expect(await readAccessToken(desk, north, await token(), now)).toBeNull(),
    )
})

test('the SDK verifies it by what the desk publishes, and refuses another server’s', async () => {
  const served = await listen(desk)
  const issuers = {
    north: await issuerOf(desk, world.northwind.servers.platform),
    south: await issuerOf(desk, world.southwind.servers.platform),
  }
  expect(issuers.north.url).toStartWith(`${served.origin}/s/`)
  const { resource } = granted
  const verifier = createTokenVerifier({ url: issuers.north.url, resource })
  const { token } = await issueAccessToken(desk, issuers.north, granted)
  expect(await verifier.verifyAccessToken(token)).toMatchObject({
    clientId: granted.clientId,
    scopes: ['support'],
    extra: { iss: issuers.north.url, sub: granted.subject, sid: granted.sid },
  })
  const other = await issueAccessToken(desk, issuers.south, granted)
  const refused = { name: 'InvalidTokenError' }
  await expect(verifier.verifyAccessToken(other.token)).rejects.toMatchObject(refused)
  const elsewhere = createTokenVerifier({ url: issuers.north.url, resource: `${resource}/b` })
  await expect(elsewhere.verifyAccessToken(token)).rejects.toMatchObject(refused)
  const { privateKey } = await signingKeyOf(desk, issuers.north, new Date())
  const plain = await new SignJWT({ client_id: 'c-1' })
    .setProtectedHeader({ ...partOf(token, 0), typ: 'JWT' })
    .setIssuer(issuers.north.url)
    .setSubject('u-1')
    .setAudience(resource)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
  await expect(verifier.verifyAccessToken(plain)).rejects.toThrow(
    'The token is not an access token',
  )
  await served.stop()
})
