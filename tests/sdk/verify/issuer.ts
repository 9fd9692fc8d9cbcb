import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** What a token says; whatever it likes. */
export type Claims = Record<string, unknown>
type Signed = { payload?: Claims; header?: Record<string, unknown>; key?: SigningKey }
export type SigningKey = { kid: string; alg: string; privateKey: CryptoKey; publicJwk: JWK }

export const resource = 'https://docuapi.example/mcp'
export const nowS = () => Math.floor(Date.now() / 1000)

export async function newKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  return { kid, alg, privateKey, publicJwk }
}

/** An authorization server as far as its tokens are concerned: discovery, keys, signing. */
export async function openIssuer({ path = '', at = 'oauth-authorization-server' } = {}) {
  const serve = (port: number): ReturnType<typeof Bun.serve> =>
    Bun.serve({
      port,
      hostname: '127.0.0.1',
      fetch: async (request): Promise<Response> => {
        const { pathname } = new URL(request.url)
        state.requests.push(pathname)
        const given = await state.answers.get(pathname)?.()
        if (given) return given
        if (pathname === state.metadataPath) return Response.json(state.metadata)
        if (pathname === `${path}/jwks`) return Response.json({ keys: state.published })
        return new Response(null, { status: 404 })
      },
    })
  let server = serve(0)
  const port = server.port ?? 0
  const issuer = `http://127.0.0.1:${port}${path}`
  const first = await newKey('first')
  const state = {
    issuer,
    key: first,
    published: [first.publicJwk] as JWK[],
    metadata: { issuer, jwks_uri: `${issuer}/jwks` } as Record<string, unknown>,
    metadataPath: at.startsWith('/') ? at : `/.well-known/${at}${path}`,
    /** What a path answers instead. */
    answers: new Map<string, () => Response | Promise<Response>>(),
    requests: [] as string[],
    keyFetches: () => state.requests.filter((pathname) => pathname === `${path}/jwks`).length,
    /** A good token of alex for the resource, with what is given in its place. */
    sign: ({ payload, header, key = first }: Signed = {}) =>
      new SignJWT({
        iss: issuer,
        sub: 'alex',
        aud: resource,
        iat: nowS(),
        exp: nowS() + 600,
        client_id: 'test-client',
        scope: 'support profile',
        ...payload,
      })
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
        .sign(key.privateKey),
    goAway: () => server.stop(true),
    comeBack: () => {
      server = serve(port)
    },
    close: () => server.stop(true),
  }
  return state
}

export type Issuer = Awaited<ReturnType<typeof openIssuer>>
