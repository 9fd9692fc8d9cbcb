import { type CryptoKey, exportSPKI, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { parseConfig } from '#src/config.ts'
import { findIssuer, type Issuer } from '#src/identity/queries.ts'
import { signingKeyOf } from '#src/identity/signing/keys.ts'
import { issueAccessToken } from '#src/identity/tokens.ts'
import type { Desk } from '#src/web/route.ts'
import { newKey } from '../../sdk/verify/issuer.ts'
import type { Platform } from './desk.ts'

/**
 * Every token that an MCP server must refuse, each but one step from one that says what `good`
 * says, and that one itself, signed in the same way.
 */
export async function forgeTokens(platform: Platform, good: JWTPayload) {
  const desk = deskOf(platform)
  const [issuer, other] = await Promise.all([issuerAt(desk, 'docuapi'), issuerAt(desk, 'billing')])
  const { publicKey, privateKey } = await signingKeyOf(desk, issuer, new Date())
  const header = { alg: 'ES256', kid: publicKey.kid, typ: 'at+jwt' }
  const sign = (claims: JWTPayload, head = header, key: CryptoKey = privateKey) =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader(head).sign(key)
  const hourS = 3_600
  const nowS = Math.floor(Date.now() / 1000)
  const spki = await exportSPKI(
    (await importJWK(publicKey, 'ES256', { extractable: true })) as CryptoKey,
  )
  const shared = (secret: string) =>
    new SignJWT(good)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(new TextEncoder().encode(secret))
  const ofOther = await signingKeyOf(desk, other, new Date())
  const stranger = await newKey(publicKey.kid)
  const forged = {
    'alg none': new UnsecuredJWT(good).encode(),
    'HS256 with the public key as PEM': await shared(spki),
    'HS256 with the public key as JWK': await shared(JSON.stringify(publicKey)),
    'another audience': await sign({ aud: 'https://elsewhere.example/mcp' }),
    'the issuer as audience': await sign({ aud: issuer.url }),
    'another issuer': await sign({ iss: other.url }),
    'an issuer with one slash more': await sign({ iss: `${issuer.url}/` }),
    expired: await sign({ iat: nowS - 2 * hourS, exp: nowS - hourS }),
    'to come': await sign({ iat: nowS + hourS, exp: nowS + 2 * hourS }),
    'not valid before an hour': await sign({ nbf: nowS + hourS }),
    'without an end': await sign({ exp: undefined as never }),
    'without a subject': await sign({ sub: undefined as never }),
    'an ID token': await sign({}, { ...header, typ: 'JWT' }),
    'another server’s key': await sign(
      {},
      { ...header, kid: ofOther.publicKey.kid },
      ofOther.privateKey,
    ),
    'another server’s key under the name of this one’s': await sign({}, header, ofOther.privateKey),
    'a stranger’s key under the name of this one’s': await sign({}, header, stranger.privateKey),
    'of another server of the same desk': (
      await issueAccessToken(desk, other, {
        subject: String(good.sub),
        clientId: String(good.client_id),
        scope: 'support',
        resource: String(good.aud),
        sid: String(good.sid),
      })
    ).token,
  }
  return { forged, genuine: await sign({}) }
}

/** The desk as another process of it, on the same database and with the same secret key. */
function deskOf({ settings, database }: Platform): Desk {
  const config = parseConfig(settings)
  if (!config.ok) throw new Error(config.problems.join())
  return { config: config.config, database, log: () => {} }
}

async function issuerAt(desk: Desk, slug: string): Promise<Issuer> {
  const issuer = await findIssuer(desk.database, slug, desk.config.baseUrl)
  if (!issuer) throw new Error(`no issuer at ${slug}`)
  return issuer
}
