import { Problem } from './problem.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses unsafe requests that another site could have caused (cross-site request forgery). Fetch
 * Metadata decides; where a browser sends none, `Origin` must be ours. Same-site is refused too:
 * the servers' addresses are same-site with the dashboard.
 */
export function refuseCrossSite(request: Request, origin: string): void {
  if (safe.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  const ours = site ? site === 'same-origin' : request.headers.get('origin') === origin
  if (!ours) throw new Problem('cross_site', `Send the form from ${origin} itself.`)
}
