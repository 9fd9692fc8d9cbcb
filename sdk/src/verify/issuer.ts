import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { readDocuments } from './discovery.ts'
import { DocumentError } from './document.ts'

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

/** An issuer's keys, and what it says of its tokens, within `withinMs`. */
export async function readIssuer(issuer: string, withinMs: number): Promise<Published> {
  const { metadata, keys, keysUrl } = await readDocuments(issuer, withinMs)
  const tokenType = metadata[tokenTypeMember]
  return {
    find: keySet(keys, keysUrl),
    ...(typeof tokenType === 'string' && { tokenType }),
  }
}

function keySet(keys: unknown, url: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(keys as JSONWebKeySet)
  } catch {
    throw new DocumentError(`${url} is not a set of keys`)
  }
}
