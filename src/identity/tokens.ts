import { decodeProtectedHeader, importJWK, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { newId } from '#src/lib/ids.ts'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from './queries.ts'
import { signingKeyOf, verifyingKey } from './signing/keys.ts'

/** What a token says, and for whom. */
export type Granted = {
  /** Id of the end-user. */
  subject: string
  clientId: string
  /** Names with spaces between them (RFC 6749 3.3). */
  scope: string
  /** Its one audience (RFC 8707). */
  resource: string
  /** Id of the grant it comes from. */
  sid: string
}

export type ReadToken = Granted & { jti: string; issuedAt: Date; expiresAt: Date }

/** Header `typ` of all access tokens (RFC 9068 2.1), which the metadata names. */
export const accessTokenType = 'at+jwt'

/** How long an access token lives. */
export const accessTokenLifeS = 600

const limits = {
  /** As in the SDK: servers take no longer header by default. */
  charsMax: 16 * 1024,
  clockToleranceS: 5,
}

const claims = z.object({
  sub: z.string(),
  client_id: z.string(),
  scope: z.string(),
  aud: z.string(),
  sid: z.string(),
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
})

/** An access token (RFC 9068) of ten minutes, signed by the issuer's key of these days. */
export async function issueAccessToken(
  desk: Desk,
  issuer: Issuer,
  { subject, clientId, scope, resource, sid }: Granted,
  now = new Date(),
): Promise<{ token: string; expiresInS: number }> {
  const { publicKey, privateKey } = await signingKeyOf(desk, issuer, now)
  const issuedAt = Math.floor(now.getTime() / 1000)
  const token = await new SignJWT({ client_id: clientId, scope, sid })
    .setProtectedHeader({ alg: 'ES256', typ: accessTokenType, kid: publicKey.kid })
    .setIssuer(issuer.url)
    .setSubject(subject)
    .setAudience(resource)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenLifeS)
    .setJti(newId())
    .sign(privateKey)
  return { token, expiresInS: accessTokenLifeS }
}

/**
 * What an access token of this issuer says, whatever resource it is for; null where it is not to be
 * trusted (RFC 9068 4, RFC 8725). Whether its grant still stands, it does not know.
 */
export async function readAccessToken(
  desk: Desk,
  issuer: Issuer,
  token: string,
  now = new Date(),
): Promise<ReadToken | null> {
  const kid = token.length <= limits.charsMax ? kidOf(token) : undefined
  const key = kid === undefined ? undefined : await verifyingKey(desk, issuer, kid, now)
  if (!key) return null
  const rules = {
    algorithms: ['ES256'],
    typ: accessTokenType,
    issuer: issuer.url,
    clockTolerance: limits.clockToleranceS,
    currentDate: now,
  }
  const verified = await jwtVerify(token, await importJWK(key), rules).catch(() => null)
  const read = claims.safeParse(verified?.payload)
  if (!read.success) return null
  const { sub, client_id, scope, aud, sid, jti, iat, exp } = read.data
  return {
    ...{ subject: sub, clientId: client_id, scope, resource: aud, sid, jti },
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  }
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}
