import { afterEach, beforeEach, expect, test } from 'bun:test'
import { timing } from '../../../sdk/src/verify/limits.ts'
import { createVerification } from '../../../sdk/src/verify/verification.ts'
import { InvalidTokenError, IssuerUnavailableError } from '../../../sdk/src/verify.ts'
import { type Issuer, newKey, openIssuer, resource } from './issuer.ts'

let issuer: Issuer
let told: string[]
beforeEach(async () => {
  issuer = await openIssuer()
  told = []
})
afterEach(() => issuer.close())

const verifier = (more: Partial<typeof timing> = {}) =>
  createVerification(
    {
      issuer: issuer.issuer,
      resource,
      audience: [resource],
      logger: (_, message) => told.push(message),
    },
    { ...timing, ...more },
  )

test('keys are fetched once for many tokens, also when they come together', async () => {
  const verify = verifier()
  const token = await issuer.sign()
  await Promise.all(Array.from({ length: 20 }, () => verify(token)))
  for (let n = 0; n < 20; n++) await verify(token)
  expect(issuer.requests).toEqual(['/.well-known/oauth-authorization-server', '/jwks'])
})

test('tokens of unknown keys cause one fetch within the cooldown', async () => {
  const verify = verifier()
  await verify(await issuer.sign())
  const refusals = await Promise.all(
    Array.from({ length: 20 }, async (_, n) =>
      verify(await issuer.sign({ header: { kid: `unknown ${n}` } })).catch((error) => error),
    ),
  )
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(InvalidTokenError)
  expect(issuer.keyFetches()).toBe(1)
})

test('a new key is found after the cooldown, by one fetch for all who ask for it', async () => {
  const verify = verifier({ cooldownMs: 0 })
  await verify(await issuer.sign())
  const second = await newKey('second')
  issuer.published.push(second.publicJwk)
  const token = await issuer.sign({ key: second })
  await Promise.all(Array.from({ length: 10 }, () => verify(token)))
  expect(issuer.keyFetches()).toBe(2)
  await verify(await issuer.sign())
  expect(issuer.keyFetches()).toBe(2)
})

test('a key that the issuer has taken back is refused once the keys are old', async () => {
  const verify = verifier({ keysFreshMs: 0, cooldownMs: 0 })
  const token = await issuer.sign()
  await verify(token)
  issuer.published = [(await newKey('second')).publicJwk]
  await expect(verify(token)).rejects.toBeInstanceOf(InvalidTokenError)
})

test('keys that moved are found, without a restart', async () => {
  const verify = verifier({ keysFreshMs: 0, cooldownMs: 0 })
  await verify(await issuer.sign())
  issuer.metadata.jwks_uri = `${issuer.issuer}/new`
  const second = await newKey('second')
  issuer.answers.set('/new', () => Response.json({ keys: [second.publicJwk] }))
  await verify(await issuer.sign({ key: second }))
})

test('an issuer that is down fails no token whose key is known, and is told once', async () => {
  const verify = verifier({ keysFreshMs: 0, cooldownMs: 0, retryMs: 0 })
  const token = await issuer.sign()
  await verify(token)
  issuer.goAway()
  for (let n = 0; n < 3; n++) expect((await verify(token)).extra.sub).toBe('alex')
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('cannot be reached')
  expect(told[0]).not.toContain(token)
})

test('a known key waits for an issuer that is slow no longer than is allowed', async () => {
  const verify = verifier({ keysFreshMs: 0, cooldownMs: 0, refreshWaitMs: 10, fetchMs: 60_000 })
  const token = await issuer.sign()
  await verify(token)
  issuer.answers.set('/jwks', () => new Promise(() => {}))
  expect((await verify(token)).extra.sub).toBe('alex')
})

test('keys are not trusted for ever while their issuer is down', async () => {
  const verify = verifier({ keysFreshMs: 0, keysKeptMs: 200, cooldownMs: 0 })
  const token = await issuer.sign()
  await verify(token)
  issuer.goAway()
  await Bun.sleep(220)
  await expect(verify(token)).rejects.toBeInstanceOf(IssuerUnavailableError)
})

test('an issuer that was down at first is asked again, after a pause', async () => {
  const verify = verifier({ retryMs: 100 })
  const token = await issuer.sign()
  issuer.answers.set('/jwks', () => new Response(null, { status: 503 }))
  for (let n = 0; n < 5; n++)
    await expect(verify(token)).rejects.toBeInstanceOf(IssuerUnavailableError)
  expect(issuer.keyFetches()).toBe(1)
  issuer.answers.clear()
  await Bun.sleep(120)
  await verify(token)
  expect(issuer.keyFetches()).toBe(2)
})

test('an unknown key while the issuer is down is no reason to sign in again', async () => {
  const verify = verifier({ cooldownMs: 0 })
  await verify(await issuer.sign())
  issuer.goAway()
  const token = await issuer.sign({ key: await newKey('second') })
  await expect(verify(token)).rejects.toBeInstanceOf(IssuerUnavailableError)
})
