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
 * base host is `localhost` or an IP address, which have no subdomains everywhere.
 */
export function serverAddress(slug: string, baseUrl: URL): string {
  const { protocol, host, hostname, origin } = baseUrl
  const flat = hostname === 'localhost' || /^[\d.]+$|^\[/.test(hostname)
  return flat ? `${origin}/s/${slug}` : `${protocol}//${slug}.${host}`
}
