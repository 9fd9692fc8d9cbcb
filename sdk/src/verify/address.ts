/** An issuer's identifier (RFC 8414 2), as it was given: it is compared character by character. */
export function issuerAddress(url: unknown): string {
  const parsed = webAddress(url, 'url')
  if (!isSafe(parsed, true)) wrong('url', 'must be https; http is for loopback addresses only')
  if (/[?#]/.test(parsed.given)) wrong('url', 'must have neither query nor fragment (RFC 8414)')
  return parsed.given
}

/** A server's resource identifier (RFC 8707 2), as it was given. */
export function resourceAddress(resource: unknown): string {
  const { given } = webAddress(resource, 'resource')
  if (given.includes('#')) wrong('resource', 'must have no fragment (RFC 8707)')
  return given
}

/** A token's audience, which need not be an address. */
export function audiences(audience: unknown): string[] {
  const all = Array.isArray(audience) ? audience : [audience]
  if (all.length === 0 || !all.every((one) => typeof one === 'string' && one !== ''))
    wrong('audience', 'must be a text that is not empty, or a list of such')
  return [...all]
}

/**
 * What an issuer may name this resource: as it was given, or as clients send it on, which parse it.
 * An empty path and `/` are one address (RFC 3986 6.2.3).
 */
export function namesOf(resource: string): string[] {
  const { href, pathname, search } = new URL(resource)
  const bare = pathname === '/' && !search ? [href.slice(0, -1)] : []
  return [...new Set([resource, href, ...bare])]
}

/** Where an issuer's metadata may be: RFC 8414 3.1, then OpenID Connect Discovery 4, both forms. */
export function discoveryAddresses(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    ...new Set([
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}/.well-known/openid-configuration${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ]),
  ]
}

/** Where clients look for a resource's metadata (RFC 9728 3.1). */
export function metadataAddress(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  const path = pathname === '/' ? '' : pathname
  return `${origin}/.well-known/oauth-protected-resource${path}${search}`
}

/** Nobody in between can change what is fetched from here. */
export function isSafe(url: URL, loopbackAllowed: boolean): boolean {
  return url.protocol === 'https:' || (loopbackAllowed && isLoopback(url))
}

export const isLoopback = ({ protocol, hostname }: URL) =>
  /^https?:$/.test(protocol) && /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

function webAddress(value: unknown, option: string): URL & { given: string } {
  const given = value instanceof URL ? value.href : value
  if (typeof given !== 'string' || !URL.canParse(given)) wrong(option, 'is not an address')
  const url = new URL(given)
  if (!/^https?:$/.test(url.protocol)) wrong(option, 'must be an http or https address')
  if (url.username || url.password) wrong(option, 'must not hold credentials')
  return Object.assign(url, { given })
}

function wrong(option: string, why: string): never {
  throw new TypeError(`createTokenVerifier: \`${option}\` ${why}`)
}
