import { expect, test } from 'bun:test'
import { exportJWK } from 'jose'
import type { Logger } from '../../../sdk/src/log.ts'
import { timing } from '../../../sdk/src/verify/limits.ts'
import { createVerification } from '../../../sdk/src/verify/verification.ts'
import { createTokenVerifier, IssuerUnavailableError } from '../../../sdk/src/verify.ts'
import { type Issuer, openIssuer, resource } from './issuer.ts'

const verify = async (issuer: Issuer, logger?: Logger) => {
  const options = { url: issuer.issuer, resource, ...(logger && { logger }) }
  return createTokenVerifier(options).verifyAccessToken(await issuer.sign())
}

/** Tries a token of an issuer that is not in order, and says what the operator is told. */
async function fault(issuer: Issuer, quick = timing): Promise<string> {
  const told: string[] = []
  const logger: Logger = (level, message) => told.push(`${level} ${message}`)
  const expected = { issuer: issuer.issuer, resource, audience: [resource], logger }
  const answer = createVerification(expected, quick)(await issuer.sign())
  await expect(answer).rejects.toBeInstanceOf(IssuerUnavailableError)
  issuer.close()
  expect(told).toHaveLength(1)
  return told[0] ?? ''
}

const forms: [string, string, string][] = [
  ['RFC 8414', '', 'oauth-authorization-server'],
  ['OpenID Connect', '', 'openid-configuration'],
  ['RFC 8414, before the path', '/s/docuapi', 'oauth-authorization-server'],
  ['OpenID Connect, before the path', '/tenant', 'openid-configuration'],
  ['OpenID Connect, after the path', '/tenant', '/tenant/.well-known/openid-configuration'],
]
test.each(forms)('metadata is found by %s', async (_, path, at) => {
  const issuer = await openIssuer({ path, at })
  expect((await verify(issuer)).extra.iss).toBe(issuer.issuer)
  issuer.close()
})

test('metadata that is about another issuer does not hide the right one', async () => {
  const issuer = await openIssuer({ at: 'openid-configuration' })
  const other = { issuer: 'https://other.example', jwks_uri: 'https://other.example/jwks' }
  issuer.answers.set('/.well-known/oauth-authorization-server', () => Response.json(other))
  await verify(issuer)
  issuer.close()
})

test('an issuer that calls itself anything else is not taken, by a slash either', async () => {
  const issuer = await openIssuer()
  issuer.metadata.issuer = `${issuer.issuer}/`
  expect(await fault(issuer)).toContain(`is about another issuer: "${issuer.issuer}/"`)
})

test('nothing is fetched before the first token', async () => {
  const issuer = await openIssuer()
  createTokenVerifier({ url: issuer.issuer, resource })
  await Bun.sleep(20)
  expect(issuer.requests).toEqual([])
  issuer.close()
})

const unfit: [string, (issuer: Issuer) => void, string][] = [
  ['names no keys', ({ metadata }) => delete metadata.jwks_uri, 'jwks_uri'],
  [
    'names keys of a file',
    ({ metadata }) => (metadata.jwks_uri = 'file:///etc/passwd'),
    'jwks_uri',
  ],
  [
    'names keys that anybody in between can change',
    ({ metadata }) => (metadata.jwks_uri = 'http://keys.example/jwks'),
    'jwks_uri',
  ],
  [
    'names keys behind a password',
    ({ metadata }) => (metadata.jwks_uri = `${metadata.issuer}/jwks`.replace('//', '//u:p@')),
    'jwks_uri',
  ],
  [
    'names keys at an address without end',
    ({ metadata }) => (metadata.jwks_uri = `${metadata.issuer}/jwks?${'x'.repeat(3_000)}`),
    'jwks_uri',
  ],
  [
    'answers 500',
    ({ answers }) => answers.set('/jwks', () => new Response('', { status: 500 })),
    '500',
  ],
  ['answers with a page', ({ answers }) => answers.set('/jwks', () => new Response('<p>')), 'JSON'],
  ['answers with a list', ({ answers }) => answers.set('/jwks', () => Response.json([])), 'JSON'],
  [
    'publishes no set',
    ({ answers }) => answers.set('/jwks', () => Response.json({})),
    'set of keys',
  ],
  [
    'publishes more than is read',
    ({ answers, published: keys }) =>
      answers.set('/jwks', () => Response.json({ keys, padding: 'x'.repeat(262_144) })),
    'larger than 262144 bytes',
  ],
  [
    'sends without end',
    ({ answers }) => answers.set('/jwks', () => new Response(endless())),
    'larger than 262144 bytes',
  ],
]
test.each(unfit)(
  'an issuer that %s is not trusted, and the logger is told',
  async (_, spoil, why) => {
    const issuer = await openIssuer()
    spoil(issuer)
    expect(await fault(issuer)).toContain(why)
  },
)

const endless = () =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) })

test('an issuer that never answers is waited for no longer than is allowed', async () => {
  const issuer = await openIssuer()
  issuer.answers.set('/jwks', () => new Promise(() => {}))
  expect(await fault(issuer, { ...timing, fetchMs: 100 })).toContain('took too long')
})

test('a redirect is not followed', async () => {
  const elsewhere = await openIssuer()
  for (const path of ['/jwks', '/.well-known/oauth-authorization-server']) {
    const issuer = await openIssuer()
    issuer.answers.set(path, () => Response.redirect(`${elsewhere.issuer}${path}`, 302))
    expect(await fault(issuer)).toContain('answered 302')
  }
  expect(elsewhere.requests).toEqual([])
  elsewhere.close()
})

test('a key that is none, and a private one, verify nothing', async () => {
  const issuer = await openIssuer()
  const none = { kty: 'EC', crv: 'P-256', kid: 'first', x: '!', y: '!' }
  for (const key of [none, { ...(await exportJWK(issuer.key.privateKey)), kid: 'first' }]) {
    issuer.published = [key]
    await expect(verify(issuer)).rejects.toMatchObject({ code: 'invalid_token' })
  }
  issuer.close()
})
