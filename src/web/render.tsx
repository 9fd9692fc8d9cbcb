import type { Html } from '#src/lib/html/jsx-runtime.ts'
import { ErrorPage } from '#views/error.tsx'
import { type Place, pagesOf } from './host.ts'
import { oauthResponse } from './oauth.ts'
import { type Problem, problemResponse, retryAfter } from './problem.ts'
import type { Speaks } from './route.ts'

type Extra = { status?: number; headers?: Record<string, string> }

/** A whole page. */
export function page(view: Html, { status = 200, headers = {} }: Extra = {}): Response {
  return new Response(`<!doctype html>\n${view}`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', vary: 'HX-Request-Type', ...headers },
  })
}

/** What has a secret in it, such as a new key or link: no cache keeps it, not even the browser's. */
export function shownOnce(response: Response): Response {
  response.headers.set('cache-control', 'no-store')
  return response
}

/** A part of a page, for htmx. */
export function partial(view: Html, { status = 200, headers = {} }: Extra = {}): Response {
  return new Response(String(view), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', vary: 'HX-Request-Type', ...headers },
  })
}

/** htmx asks for a part; a browser, or htmx restoring history, for the page. */
export const wantsPartial = (request: Request): boolean =>
  request.headers.get('hx-request-type') === 'partial'

/** To another page of ours, by GET. */
export const redirect = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { location, ...headers } })

/** A problem in the language of the route it happened on, and of whoever's pages it is among. */
export function renderProblem(
  problem: Problem,
  request: Request,
  speaks: Speaks,
  place: Place,
): Response {
  if (speaks === 'problem') return problemResponse(problem)
  if (speaks === 'trpc') return trpcResponse(problem)
  if (speaks === 'oauth') return oauthResponse(problem)
  const server = pagesOf(place, request.url)
  const reading = request.method === 'GET' && !wantsPartial(request)
  if (problem.code === 'sign_in_required' && reading) {
    if (server !== null) return redirect(`${server}/sign-in`)
    const { pathname, search } = new URL(request.url)
    return redirect(`/sign-in?${new URLSearchParams({ next: pathname + search })}`)
  }
  const { status, title, detail } = problem
  return page(
    <ErrorPage status={status} title={title} server={server} {...(detail && { detail })} />,
    { status, headers: retryAfter(problem) },
  )
}

/** tRPC's error envelope, for problems met before a procedure runs. */
function trpcResponse(problem: Problem): Response {
  const { status, code, title, detail, extra } = problem
  const data = { code, httpStatus: status, ...extra }
  return Response.json(
    { error: { message: detail ?? title, code: -32_000, data } },
    { status, headers: retryAfter(problem) },
  )
}
