const policyOf = (formTargets: string[]) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const always = {
  'content-security-policy': policyOf([]),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const targetsOf = new WeakMap<Response, string[]>()

/**
 * Lets the forms of one page end, after redirects, at these addresses: Chromium holds `form-action`
 * against every address of a chain (CSP 3, 6.4.1). They are the client's, already checked.
 */
export function formsMayEndAt(response: Response, addresses: string[]): Response {
  targetsOf.set(response, [...new Set(addresses.flatMap(sourceOf))])
  return response
}

/** A source expression: an origin; a scheme where there is no such thing, as for `[::1]`. */
function sourceOf(address: string): string[] {
  if (!URL.canParse(address)) return []
  const { protocol, origin, hostname } = new URL(address)
  if (protocol !== 'http:' && protocol !== 'https:') return [protocol]
  if (/^[a-z0-9.-]+$/.test(hostname)) return [origin]
  // A name may hold what ends a directive.
  return hostname.startsWith('[') ? [protocol] : []
}

const opened = new WeakSet<Response>()

/**
 * Leaves a page its opener (HTML 7.1.3): a client that is a page of another site may open it in a
 * window of its own, and hears from there when it comes back. Redirects count too.
 */
export function keepOpener(response: Response): void {
  opened.add(response)
}

/** Puts the security headers on a response; pages are never kept by shared caches. */
export function harden(response: Response, baseUrl: URL): Response {
  const { headers } = response
  for (const [name, value] of Object.entries(always)) headers.set(name, value)
  const targets = targetsOf.get(response)
  if (targets) headers.set('content-security-policy', policyOf(targets))
  if (opened.has(response)) headers.set('cross-origin-opener-policy', 'unsafe-none')
  if (baseUrl.protocol === 'https:')
    headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache')
  return response
}
