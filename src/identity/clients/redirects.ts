import type { Client } from './client.ts'

/** Schemes that MCP clients on people's machines have without RFC 8252's reversed domain. */
const clientSchemes = [
  'claude:',
  'cursor:',
  'goose:',
  'kiro:',
  'raycast:',
  'vscode:',
  'vscode-insiders:',
  'vscodium:',
  'warp:',
  'windsurf:',
  'zed:',
]
/** RFC 8252 7.1: a domain of the client's maker, in reverse. */
const reversedDomain = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/
/** WHATWG's URLs take `*` and `,` into a host, where a policy that names it (CSP) means more by them. */
const plainHost = /^([a-z0-9._-]+|\[[0-9a-f:]+\])$/
const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Why an address can't be registered for answers, as a sentence, or null. It has to be written as
 * browsers write it: what they would change, they might change into another address.
 */
export function redirectProblem(uri: string): string | null {
  if (!/^[!-~]+$/.test(uri) || uri.includes('\\') || !URL.canParse(uri))
    return 'A redirect URI has to be an absolute URI.'
  const { href, protocol, hostname, username, password } = new URL(uri)
  if (uri.includes('#')) return 'A redirect URI has no fragment.'
  if (username || password) return 'A redirect URI holds no credentials.'
  if (href !== uri && href !== `${uri}/`)
    return 'A redirect URI has to be written as browsers write it.'
  if (protocol === 'http:')
    return loopbackHosts.includes(hostname) ? null : 'Plain http is for loopback addresses only.'
  if (protocol === 'https:')
    return plainHost.test(hostname) ? null : 'The host of a redirect URI is not valid.'
  if (reversedDomain.test(protocol) || clientSchemes.includes(protocol)) return null
  return 'This scheme is not for redirect URIs.'
}

/**
 * Whether a client may be answered at an address: one it registered, character by character, but
 * for the port of a loopback address, which it learns when it starts to listen (RFC 8252 7.3).
 */
export function mayRedirect({ redirectUris }: Pick<Client, 'redirectUris'>, uri: string): boolean {
  if (redirectUris.includes(uri)) return true
  const portless = withoutPort(uri)
  return (
    portless !== null && redirectUris.some((registered) => withoutPort(registered) === portless)
  )
}

const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::[1-9]\d{0,4})?(?=[/?]|$)(.*)$/

/** A loopback address as if it had no port, or null. */
function withoutPort(uri: string): string | null {
  const [, origin, rest] = loopback.exec(uri) ?? []
  return origin !== undefined && URL.canParse(uri) ? `${origin}${rest}` : null
}
