import { discoveryAddresses, isSafe } from './address.ts'
import { DocumentError, fetchDocument, UnreachableError } from './document.ts'
import { limits } from './limits.ts'

type Document = Record<string, unknown>

/** What an issuer publishes about itself. */
export type Documents = { metadata: Document; keys: Document; keysUrl: string }

/** Discovery (RFC 8414, OpenID Connect Discovery) and keys (RFC 7517), within `withinMs` together. */
export async function readDocuments(issuer: string, withinMs: number): Promise<Documents> {
  const signal = AbortSignal.timeout(withinMs)
  const metadata = await discover(issuer, signal)
  const keysUrl = keysAddress(issuer, metadata.jwks_uri)
  return { metadata, keys: await fetchDocument(keysUrl, signal), keysUrl }
}

async function discover(issuer: string, signal: AbortSignal): Promise<Document> {
  const others: string[] = []
  const reasons: string[] = []
  for (const url of discoveryAddresses(issuer)) {
    try {
      const metadata = await fetchDocument(url, signal)
      if (metadata.issuer === issuer) return metadata
      others.push(`${url} ${otherIssuer(metadata.issuer)}`)
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error
      reasons.push(error.message)
      // All of them are of one origin.
      if (error instanceof UnreachableError) break
    }
    if (signal.aborted) break
  }
  // Where one was found, the places where there was none explain nothing.
  throw new DocumentError((others.length > 0 ? others : reasons).join('; '))
}

/** It may have another origin, since the issuer itself names it; it may not be less safe. */
function keysAddress(issuer: string, uri: unknown): string {
  if (typeof uri === 'string' && uri.length <= limits.addressCharsMax && URL.canParse(uri)) {
    const url = new URL(uri)
    const plainToo = new URL(issuer).protocol === 'http:'
    if (isSafe(url, plainToo) && !url.username && !url.password) return uri
  }
  throw new DocumentError('the jwks_uri of its metadata is not an https address')
}

/** The one thing that is repeated of what was fetched. */
const otherIssuer = (name: unknown) =>
  typeof name === 'string'
    ? `is about another issuer: ${JSON.stringify(name.slice(0, 200))}`
    : 'names no issuer'
