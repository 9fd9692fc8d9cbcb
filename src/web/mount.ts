import { html } from '@elysiajs/html'
import { Elysia } from 'elysia'
import { traceOf } from '#src/lib/log.ts'
import { peerAddress } from './address.ts'
import { refuseCrossSite } from './cross-site.ts'
import { harden, keepOpener } from './headers.ts'
import { hasSubdomains, namesServer, originOf, type Place, placeOf } from './host.ts'
import { forEveryOrigin, preflight } from './oauth.ts'
import { Problem, toProblem } from './problem.ts'
import { renderProblem } from './render.tsx'
import type { Desk, Route, Visit } from './route.ts'

/** Mounts the map on Elysia, which finds the path; host, caller and errors are decided here. */
export function mount(desk: Desk, routes: Route[]) {
  const app = new Elysia().use(html({ autoDetect: false }))
  for (const [pattern, group] of byPattern(routes)) {
    const [method = '', path = ''] = pattern.split(' ')
    app.route(
      method,
      path,
      (context) =>
        answer(desk, group, {
          request: context.request,
          params: context.params ?? {},
          peer: context.server?.requestIP(context.request)?.address ?? '',
        }),
      { parse: 'none' },
    )
  }
  for (const path of new Set(routes.filter(speaksOAuth).flatMap(pathsOf)))
    app.route('OPTIONS', path, () => finish(desk, preflight()), { parse: 'none' })
  return app.onError(({ code, error, request }) => {
    const problem = code === 'NOT_FOUND' ? new Problem('not_found') : toProblem(error)
    const place = placeOfNone(desk, request)
    return finish(desk, renderProblem(problem, request, speaksAt(request), place))
  })
}

const speaksOAuth = ({ speaks }: Route) => speaks === 'oauth'

/** Server routes have two paths, well-known ones a third: the server behind the well-known part. */
function pathsOf({ host, path }: Route): string[] {
  if (host !== 'server' && host !== 'canonical') return [path]
  const behind = path.startsWith('/.well-known/') ? [`${path}/s/:slug`] : []
  return [path, `/s/:slug${path}`, ...behind]
}

/** One path may belong to several hosts. */
function byPattern(routes: Route[]): Map<string, Route[]> {
  const patterns = new Map<string, Route[]>()
  for (const route of routes)
    for (const path of pathsOf(route)) {
      const pattern = `${route.method} ${path}`
      patterns.set(pattern, [...(patterns.get(pattern) ?? []), route])
    }
  return patterns
}

type Arrival = { request: Request; params: Record<string, string>; peer: string }

async function answer(desk: Desk, group: Route[], { request, params, peer }: Arrival) {
  const started = performance.now()
  const cookies: string[] = []
  let speaks = group[0]?.speaks ?? 'page'
  let place: Place = { kind: 'dashboard' }
  let canBeOpened = false
  let response: Response
  try {
    // Nothing that is stored can hold a NUL, and PostgreSQL refuses to look for one.
    if (/%00/.test(request.url)) throw new Problem('bad_request', 'The address holds a NUL.')
    const host = placeOf(request.headers.get('host'), desk.config.baseUrl)
    const url = new URL(request.url)
    const route = group.find(
      (candidate) => candidate.host === 'any' || serves(desk, candidate, host, url),
    )
    if (!route) throw new Problem('not_found', host ? undefined : elsewhere(desk))
    speaks = route.speaks
    canBeOpened = route.host === 'canonical'
    place = placeFrom(host, params, url)
    if (!route.cookieless) refuseCrossSite(request, originOf(place, desk.config.baseUrl))
    const address = peerAddress(request, peer, desk.config.trustedProxies)
    const visit: Visit = { desk, request, url, params, place, address, cookies }
    response = await route.handle(visit)
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (problem.status >= 500)
      desk.log('error', 'request failed', { path: group[0]?.path, error: traceOf(thrown) })
    response = renderProblem(problem, request, speaks, place)
  }
  if (speaks === 'oauth') forEveryOrigin(response)
  if (canBeOpened) keepOpener(response)
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  desk.log('debug', 'request', {
    method: request.method,
    path: group[0]?.path,
    status: response.status,
    ms: Math.round(performance.now() - started),
  })
  return finish(desk, response)
}

const finish = (desk: Desk, response: Response) => harden(response, desk.config.baseUrl)

/** A server route on the dashboard's host is reached by its `/s/{slug}` form only. */
function serves({ config }: Desk, route: Route, host: Place | null, url: URL): boolean {
  if (!host) return false
  if (route.host === 'dashboard') return host.kind === 'dashboard'
  const ownHost = host.kind === 'server'
  if (route.host === 'canonical' && ownHost !== hasSubdomains(config.baseUrl)) return false
  return ownHost !== namesServer(url)
}

function placeFrom(host: Place | null, { slug }: Record<string, string>, url: URL): Place {
  if (slug && namesServer(url)) return { kind: 'server', slug }
  return host ?? { kind: 'dashboard' }
}

/** Where a path is that no route has, whatever its Host header is. */
function placeOfNone({ config }: Desk, request: Request): Place {
  try {
    return placeOf(request.headers.get('host'), config.baseUrl) ?? { kind: 'dashboard' }
  } catch {
    return { kind: 'dashboard' }
  }
}

const elsewhere = ({ config }: Desk) => `This desk is at ${config.baseUrl.origin}.`

/** A path that no route has is answered as a page, except where programs call. */
function speaksAt(request: Request) {
  const accept = request.headers.get('accept') ?? ''
  return accept.includes('text/html') ? 'page' : 'problem'
}
