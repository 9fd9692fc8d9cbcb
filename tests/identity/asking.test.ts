import { describe, expect, test } from 'bun:test'
import { exportJWK, generateKeyPair } from 'jose'
import { addressProblem, askIssuer } from '#src/identity/asking.ts'
import { limits } from '#src/identity/limits.ts'
import { type Issuer, newKey, openIssuer } from '../sdk/verify/issuer.ts'

const ask = (issuer: Issuer, withinMs = limits.askMs) => askIssuer(issuer.issuer, withinMs)

/** Asks an issuer that is not in order, and says what the operator is told, without its address. */
async function reason(spoil: (issuer: Issuer) => unknown, withinMs?: number): Promise<string> {
  const issuer = await openIssuer()
  await spoil(issuer)
  const answer = await ask(issuer, withinMs)
  issuer.close()
  if (answer.ok) throw new Error('it was accepted')
  return answer.reason.replaceAll(issuer.issuer, '')
}

const metadata = '/.well-known/oauth-authorization-server'
const openid = '/.well-known/openid-configuration'
const shared = { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ', kid: 's', alg: 'HS256', use: 'sig' }
const endless = () =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) })

const forms: [string, string, string][] = [
  ['RFC 8414 only', '', 'oauth-authorization-server'],
  ['OpenID Connect only', '', 'openid-configuration'],
  ['RFC 8414, before a path', '/tenant', 'oauth-authorization-server'],
  ['OpenID Connect, after a path', '/tenant', '/tenant/.well-known/openid-configuration'],
]
test.each(forms)('an issuer is known by %s', async (_, path, at) => {
  const issuer = await openIssuer({ path, at })
  expect(await ask(issuer)).toEqual({ ok: true, keys: 1 })
  issuer.close()
})

test('the keys that count are those that verify tokens', async () => {
  const issuer = await openIssuer()
  const { publicKey } = await generateKeyPair('RSA-OAEP-256', { extractable: true })
  const encrypts = { ...(await exportJWK(publicKey)), kid: 'e', alg: 'RSA-OAEP-256', use: 'enc' }
  const bare = { ...(await newKey('b', 'RS256')).publicJwk }
  delete bare.alg
  issuer.published.push((await newKey('p', 'EdDSA')).publicJwk, bare, encrypts, shared)
  expect(await ask(issuer)).toEqual({ ok: true, keys: 3 })
  issuer.close()
})

const unfit: [string, (issuer: Issuer) => unknown, string][] = [
  [
    'is about another issuer',
    ({ metadata }) => (metadata.issuer = 'https://other.example'),
    `${metadata} is about another issuer: "https://other.example".`,
  ],
  [
    'has a slash more than its name',
    (issuer) => (issuer.metadata.issuer = `${issuer.issuer}/`),
    `${metadata} is about another issuer: "/".`,
  ],
  [
    'publishes no metadata',
    (issuer) => (issuer.metadataPath = '/nowhere'),
    `${metadata} answered 404; ${openid} answered 404.`,
  ],
  [
    'answers with a page',
    ({ answers }) => answers.set(metadata, () => new Response('<h1>Hi</h1>')),
    `${metadata} is not a JSON object; ${openid} answered 404.`,
  ],
  [
    'redirects',
    ({ answers }) => answers.set(metadata, () => Response.redirect('http://127.0.0.1:1/', 302)),
    `${metadata} answered 302; ${openid} answered 404.`,
  ],
  [
    'never ends its answer',
    ({ answers }) => answers.set('/jwks', () => new Response(endless())),
    '/jwks is larger than 262144 bytes.',
  ],
  [
    'names no keys',
    ({ metadata }) => delete metadata.jwks_uri,
    'The jwks_uri of its metadata is not an https address.',
  ],
  [
    'publishes what is no set of keys',
    ({ answers }) => answers.set('/jwks', () => Response.json({ keys: 'none' })),
    '/jwks is not a set of keys.',
  ],
  ['publishes no key', (issuer) => (issuer.published = []), '/jwks publishes no key that signs.'],
  [
    'shares secrets only',
    (issuer) => (issuer.published = [shared]),
    '/jwks publishes no key that signs.',
  ],
  [
    'publishes a private key',
    async (issuer) => {
      issuer.published = [{ ...(await exportJWK(issuer.key.privateKey)), kid: 'first' }]
    },
    '/jwks publishes no key that signs.',
  ],
  [
    'signs with a key of 1024 bits',
    async (issuer) => {
      const { publicKey } = await crypto.subtle.generateKey(
        {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-256',
          modulusLength: 1024,
          publicExponent: new Uint8Array([1, 0, 1]),
        },
        true,
        ['sign', 'verify'],
      )
      issuer.published = [{ ...(await exportJWK(publicKey)), alg: 'RS256' }]
    },
    '/jwks publishes no key that signs.',
  ],
]
describe('is refused with the reason, where an issuer', () => {
  test.each(unfit)('%s', async (_, spoil, says) => {
    expect(await reason(spoil)).toBe(says)
  })

  test('takes too long', async () => {
    const never = ({ answers }: Issuer) => answers.set(metadata, () => new Promise(() => {}))
    expect(await reason(never, 100)).toBe(`${metadata} took too long.`)
    const dripping = new ReadableStream({
      pull: async (controller) => {
        await Bun.sleep(10)
        controller.enqueue(new Uint8Array([32]))
      },
    })
    const drips = ({ answers }: Issuer) => answers.set('/jwks', () => new Response(dripping))
    expect(await reason(drips, 100)).toBe('/jwks did not finish its answer.')
  })
})

test('of what was fetched, the name of the issuer is repeated, cut, and nothing else', async () => {
  const told = await reason((issuer) => {
    issuer.metadata = { issuer: 'x'.repeat(500), secret: 'from inside' }
    issuer.answers.set(openid, () => Response.json({ issuer: { secret: 'from inside' } }))
  })
  expect(told).toContain(`"${'x'.repeat(200)}"`)
  expect(told).toContain('names no issuer')
  expect(told).not.toContain('x'.repeat(201))
  expect(told).not.toContain('inside')
})

test('a closed port, one that speaks no HTTP, and one without TLS are told by one sentence', async () => {
  const silent = await openIssuer()
  silent.close()
  const other = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data: (socket) => {
        socket.end('SSH-2.0-OpenSSH_9.6\r\n')
      },
    },
  })
  const plain = await openIssuer()
  const origins = [
    silent.issuer,
    `http://127.0.0.1:${other.port}`,
    plain.issuer.replace('http:', 'https:'),
  ]
  for (const origin of origins)
    expect(await askIssuer(origin, limits.askMs)).toEqual({
      ok: false,
      reason: `${origin}${metadata} cannot be reached.`,
    })
  expect(plain.requests).toEqual([])
  plain.close()
  other.stop(true)
})

describe('whether an address is asked at all', () => {
  const here = 'http://localhost:3000'
  const away = 'https://support.example.com'
  const refused: [string, string, string | null][] = [
    ['http://login.acme.example', here, 'Use https.'],
    ['http://10.0.0.5', here, 'Use https.'],
    ['http://169.254.169.254', here, 'Use https.'],
    ['http://127.0.0.1:6379', away, 'Use https.'],
    ['http://127.0.0.1:6379', here, null],
    ['https://login.acme.example', away, null],
    ['https://10.0.0.5/realms/acme', away, null],
    ['https://acme.example?tenant=1', away, 'neither query nor fragment'],
    ['https://acme.example#a', away, 'neither query nor fragment'],
    ['https://mira:secret@acme.example', away, 'no password'],
    ['file:///etc/passwd', here, 'Use https.'],
    ['acme', here, 'not a web address'],
  ]
  test.each(refused)('%s, by a desk at %s', (issuer, baseUrl, says) => {
    const problem = addressProblem(issuer, new URL(baseUrl))
    if (says === null) expect(problem).toBeNull()
    else expect(problem).toContain(says)
  })
})
