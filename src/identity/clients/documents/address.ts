import { isIP } from 'node:net'
import type { Config } from '#src/config.ts'
import { limits } from '../limits.ts'

/** Whether an id claims to be the address of a document: those of registered clients never do. */
export const namesDocument = (id: string): boolean => id.startsWith('https://')

/**
 * The address that a client's id is (draft-ietf-oauth-client-id-metadata-document 3): https with a
 * path, without credentials, fragment and dot segments, written as it is requested. Null for others,
 * for literal addresses, and for the desk's own: it asks itself nothing.
 */
export function documentAddress(
  id: string,
  { baseUrl, clientMetadataHosts }: Pick<Config, 'baseUrl' | 'clientMetadataHosts'>,
): URL | null {
  if (id.length > limits.uriCharsMax || id.includes('#') || !URL.canParse(id)) return null
  const url = new URL(id)
  const { href, protocol, hostname, pathname, username, password } = url
  if (protocol !== 'https:' || username || password || pathname === '/') return null
  if (href !== withoutDefaultPort(id)) return null
  if (isIP(hostname) || hostname.startsWith('[') || hostname.endsWith('.')) return null
  const own = hostname === baseUrl.hostname || hostname.endsWith(`.${baseUrl.hostname}`)
  return own && !clientMetadataHosts.includes(hostname) ? null : url
}

/** `:443` is written by some and left out by others; the draft has them as two ids of one address. */
const withoutDefaultPort = (id: string) => id.replace(/^(https:\/\/[^/?]+):443(?=\/)/, '$1')
