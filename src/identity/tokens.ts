import type { Desk } from '#src/web/route.ts'
import type { Issuer } from './queries.ts'

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

/** An access token (RFC 9068), signed by the issuer's newest settled key. */
export async function issueAccessToken(
  _desk: Desk,
  _issuer: Issuer,
  _granted: Granted,
  _now = new Date(),
): Promise<{ token: string; expiresInS: number }> {
  throw new Error('not yet')
}

/** What a token of this issuer says, whatever resource it is for; null where it is not to be trusted. */
export async function readAccessToken(
  _desk: Desk,
  _issuer: Issuer,
  _token: string,
  _now = new Date(),
): Promise<ReadToken | null> {
  throw new Error('not yet')
}
