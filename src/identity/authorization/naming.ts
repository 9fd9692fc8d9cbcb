import { isLoopback } from '#sdk/verify/address.ts'

/** Where an answer goes, in words for who decides on it. */
export type RedirectPlace = { kind: 'site' | 'computer' | 'app'; name: string }

/** A site by its host, in ASCII so that no letter looks like another; an app by its scheme. */
export function placeOfRedirect(uri: string): RedirectPlace {
  const url = new URL(uri)
  if (isLoopback(url)) return { kind: 'computer', name: url.host }
  const isSite = url.protocol === 'https:' || url.protocol === 'http:'
  return isSite ? { kind: 'site', name: url.host } : { kind: 'app', name: url.protocol }
}

/** Host of the document that describes a client, where that is what its id is; else null. */
export const documentHost = (clientId: string): string | null =>
  clientId.startsWith('https://') && URL.canParse(clientId) ? new URL(clientId).host : null
