import { Problem } from './problem.ts'

/** Which part of the desk a request addresses: the dashboard's host, or a server's. */
export type Place = { kind: 'dashboard' } | { kind: 'server'; slug: string }

const plainHost = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/

/**
 * Reads the `Host` header against the base URL's host. Ports are not compared, since proxies
 * change them. A missing, doubled or malformed header is a 400; a host that is not ours is null.
 */
export function placeOf(header: string | null, baseUrl: URL): Place | null {
  const host = (header ?? '')
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
  if (!plainHost.test(host) || !URL.canParse(`http://${header}`))
    throw new Problem('bad_request', 'The Host header is not valid.')
  const base = baseUrl.hostname
  if (host === base) return { kind: 'dashboard' }
  const slug = host.endsWith(`.${base}`) ? host.slice(0, -base.length - 1) : ''
  return slug && !slug.includes('.') ? { kind: 'server', slug } : null
}

/**
 * The one canonical address of a server: `https://{slug}.{host}`, or `{base}/s/{slug}` when the
 * base host has no subdomains. It is the identifier of the server's issuer (RFC 8414 2).
 */
export function serverAddress(slug: string, baseUrl: URL): string {
  const { protocol, host, origin } = baseUrl
  return hasSubdomains(baseUrl) ? `${protocol}//${slug}.${host}` : `${origin}/s/${slug}`
}

/** `localhost` has none everywhere, an IP address has none. */
export const hasSubdomains = ({ hostname }: URL): boolean =>
  hostname !== 'localhost' && !/^[\d.]+$|^\[/.test(hostname)

/** The origin of a place's pages. */
export const originOf = (place: Place, baseUrl: URL): string =>
  place.kind === 'server' ? new URL(serverAddress(place.slug, baseUrl)).origin : baseUrl.origin

/** Whether an address names its server in the path, well-known ones by RFC 8414 3.1. */
export const namesServer = ({ pathname }: URL): boolean =>
  /^(\/\.well-known\/[\w-]+)?\/s\//.test(pathname)

/** Path before a server's pages, at an address of its own or below the desk's; null elsewhere. */
export function pagesOf(place: Place, url: string): string | null {
  // Under a Host header that is none, a request has no whole address.
  const [below] = /^\/s\/[^/]+/.exec(URL.parse(url)?.pathname ?? '') ?? []
  return below ?? (place.kind === 'server' ? '' : null)
}
