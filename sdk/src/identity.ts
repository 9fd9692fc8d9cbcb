import type { PersonClaims, Reporter } from './contract.ts'
import { isEmail, plainName, plainText } from './fit.ts'
import { isAsync } from './hooks.ts'
import { limits } from './limits.ts'

/** What a server's token verification found: the shape of the MCP SDK's `AuthInfo`. */
export type AuthInfo = {
  token?: string
  clientId?: string
  scopes?: string[]
  expiresAt?: number
  resource?: URL
  extra?: Record<string, unknown>
}

/**
 * Who the verified token speaks for. Both issuer and subject are needed: a subject alone is not
 * unique (OpenID Connect Core 5.7). An identity is never cut to fit, it is refused.
 */
export function reporterOf(
  authInfo: AuthInfo,
  map?: (authInfo: AuthInfo) => Reporter | undefined,
  names?: PersonClaims,
): Reporter | undefined {
  const claims: Partial<Reporter> = (map ? map(authInfo) : claimsOf(authInfo, names)) ?? {}
  if (isAsync(claims)) throw new TypeError('reporter answered with a promise')
  const issuer = identifier(claims.issuer)
  const subject = identifier(claims.subject)
  if (!issuer || !subject) return undefined
  const { email, name } = claims
  const sid = identifier(claims.sid)
  return {
    issuer,
    subject,
    ...(email && { email }),
    ...(name && { name }),
    ...(sid && { sid }),
  }
}

/** As a ticket names them: an address or a name that the desk would refuse is left out. */
export function presentable({ issuer, subject, sid, ...claims }: Reporter): Reporter {
  const email = plainText(claims.email)
  const name = plainName(claims.name)
  return {
    issuer,
    subject,
    ...(isEmail(email) && { email }),
    ...(name && { name }),
    ...(sid && { sid }),
  }
}

/**
 * RFC 9068 and OpenID Connect names, where token verifiers put further claims; e-mail and name also
 * by the names that staff chose at the desk. An e-mail that its issuer has not verified is left out.
 */
const claimsOf = ({ extra }: AuthInfo, names: PersonClaims | undefined) =>
  ({
    issuer: extra?.iss,
    subject: extra?.sub,
    email:
      String(extra?.email_verified) === 'false'
        ? undefined
        : (text(extra, names?.email) ?? extra?.email),
    name: text(extra, names?.name) ?? extra?.name,
    sid: extra?.sid,
  }) as Reporter

const text = (extra: AuthInfo['extra'], name: string | undefined) => {
  const value = name === undefined ? undefined : extra?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const identifier = (value: unknown) =>
  typeof value === 'string' && value.length <= limits.identityCharsMax && value.trim() !== ''
    ? value
    : undefined
