import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import type { Issuer } from '../queries.ts'

/** Whose key it is. It stands in the authenticated header, so a row copied elsewhere is no key there. */
type Place = Pick<Issuer, 'scope' | 'serverId'>

const boundTo = ({ scope, serverId }: Place, kid: string) => ({
  kid,
  organization: scope.organizationId,
  server: serverId,
})

/** A private key as a JWE (RFC 7516), by the desk's secret key, for one server. */
export const seal = (place: Place, kid: string, key: JWK, secret: Uint8Array): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(key)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...boundTo(place, kid) })
    .encrypt(secret)

/** Whether it says that it was sealed for this server; only opening it proves that. */
export function isSealedFor(place: Place, kid: string, sealed: string): boolean {
  try {
    const header: Record<string, unknown> = decodeProtectedHeader(sealed)
    return Object.entries(boundTo(place, kid)).every(([name, value]) => header[name] === value)
  } catch {
    return false
  }
}

/** The private key, or null where it was sealed by another secret key, or for another server. */
export async function unseal(place: Place, kid: string, sealed: string, secret: Uint8Array) {
  if (!isSealedFor(place, kid, sealed)) return null
  const opened = await compactDecrypt(sealed, secret, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch(() => null)
  if (!opened) return null
  const key: JWK & { kty: 'EC' } = JSON.parse(new TextDecoder().decode(opened.plaintext))
  return importJWK(key, 'ES256', { extractable: false })
}
