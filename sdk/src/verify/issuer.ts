import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { discoveryAddresses, isLoopback, isSafe } from './address.ts'
import { DocumentError, fetchDocument } from './document.ts'

/** What an issuer has published about its tokens. */
export type Published = {
  /** The key that a token names; throws where there is none. */
  find: JWTVerifyGetKey
  /** The header `typ` of all its access tokens, where it says so. */
  tokenType?: string
}

/**
 * By this member of its metadata a desk says which `typ` its access tokens have. RFC 8414 has none
 * for it, and allows further ones.
 */
const tokenTypeMember = 'mcp_obs_access_token_typ'

/** Discovery (RFC 8414, OpenID Connect Discovery) and keys (RFC 7517), within `withinMs` together. */
export async function readIssuer(issuer: string, withinMs: number): Promise<Published> {
  const signal = AbortSignal.timeout(withinMs)
  const metadata = await discover(issuer, signal)
  const keys = await fetchDocument(keysAddress(issuer, metadata.jwks_uri), signal)
  const tokenType = metadata[tokenTypeMember]
  return {
    find: keySet(keys, String(metadata.jwks_uri)),
    ...(typeof tokenType === 'string' && { tokenType }),
  }
}

async function discover(issuer: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const reasons: string[] = []
  for (const url of discoveryAddresses(issuer)) {
    const metadata = await fetchDocument(url, signal).catch((error: unknown) => {
      if (!(error instanceof DocumentError)) throw error
      reasons.push(error.message)
    })
    if (metadata && metadata.issuer === issuer) return metadata
    if (metadata) reasons.push(`${url} is about another issuer: ${quoted(metadata.issuer)}`)
    if (signal.aborted) break
  }
  throw new DocumentError(reasons.join('; '))
}

/** It may have another origin, since the issuer itself names it; it may not be less safe. */
function keysAddress(issuer: string, uri: unknown): string {
  const local = isLoopback(new URL(issuer))
  if (typeof uri === 'string' && URL.canParse(uri) && isSafe(new URL(uri), local)) return uri
  throw new DocumentError('the jwks_uri of its metadata is not an https address')
}

function keySet(keys: unknown, url: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(keys as JSONWebKeySet)
  } catch {
    throw new DocumentError(`${url} is not a set of keys`)
  }
}

const quoted = (value: unknown) => String(JSON.stringify(value)).slice(0, 200)
