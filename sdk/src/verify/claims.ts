import type { JWTPayload, JWTVerifyResult } from 'jose'

/** What `verifyAccessToken` finds: `AuthInfo` of both MCP SDKs, with nothing left open. */
export type VerifiedToken = {
  /** The token itself, as the MCP SDKs want it. */
  token: string
  /** `client_id` (RFC 9068 2.2), else `azp`, `cid` or `appid`, else empty. */
  clientId: string
  /** `scope` (RFC 8693 4.2), else `scp`. */
  scopes: string[]
  /** Seconds since 1970 (RFC 7519 4.1.4). */
  expiresAt: number
  /** The `resource` the verifier was made for. */
  resource: URL
  /** Where `registerSupportTool` finds the reporter. */
  extra: {
    iss: string
    sub: string
    /** Left out where the issuer says that it is not verified. */
    email?: string
    name?: string
    /** The sign-in the token belongs to (OpenID Connect Front-Channel Logout 3). */
    sid?: string
    jti?: string
  }
}

/** Names of the claims that hold a person's e-mail and name. */
export type ClaimNames = { email?: string; name?: string }

export function verifiedToken(
  token: string,
  payload: JWTPayload & Identity,
  resource: string,
  claims: ClaimNames,
): VerifiedToken {
  const { iss, sub, exp } = payload
  // Some issuers write it as a text.
  const unverified = String(payload.email_verified) === 'false'
  const email = unverified ? undefined : text(payload[claims.email ?? 'email'])
  const name = text(payload[claims.name ?? 'name'])
  const sid = text(payload.sid)
  const jti = text(payload.jti)
  return {
    token,
    clientId:
      [payload.client_id, payload.azp, payload.cid, payload.appid].map(text).find(Boolean) ?? '',
    scopes: scopesOf(payload.scope ?? payload.scp),
    expiresAt: exp,
    resource: new URL(resource),
    extra: {
      iss,
      sub,
      ...(email && { email }),
      ...(name && { name }),
      ...(sid && { sid }),
      ...(jti && { jti }),
    },
  }
}

/** A token without these speaks for nobody, or for ever. */
export type Identity = { iss: string; sub: string; exp: number }

export const isIdentity = (payload: JWTPayload): payload is JWTPayload & Identity =>
  Boolean(text(payload.iss) && text(payload.sub)) && Number.isFinite(payload.exp)

/**
 * Signed by the same issuer for another purpose. Its header `typ` says so (RFC 8725 3.11), or what
 * issuers without such a `typ` put into ID tokens (OpenID Connect Core 3.1.3.6), logout tokens
 * (Back-Channel Logout 2.4), and refresh tokens (Keycloak's `typ`, Cognito's `token_use`).
 */
export function isOtherKind(
  { protectedHeader, payload }: JWTVerifyResult,
  demandedType: string | undefined,
): boolean {
  const typ = shortType(protectedHeader.typ ?? 'JWT')
  const accepted = demandedType === undefined ? ['jwt', 'at+jwt'] : [shortType(demandedType)]
  return (
    !accepted.includes(typ) ||
    ['at_hash', 'c_hash', 's_hash', 'events'].some((claim) => payload[claim] !== undefined) ||
    ['ID', 'Refresh', 'Offline', 'Logout'].includes(String(payload.typ)) ||
    ['id', 'refresh'].includes(String(payload.token_use))
  )
}

/** A media type without what may be left out of it (RFC 7515 4.1.9). */
const shortType = (typ: unknown) => String(typ).toLowerCase().replace('application/', '')

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const scopesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((scope) => typeof scope === 'string')
    .flatMap((scope) => scope.split(' ').filter(Boolean))
