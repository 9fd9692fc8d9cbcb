import type { AnyTRPCRouter } from '@trpc/server'
import { routes } from '#src/app.ts'
import { intakeRouter } from '#src/intake/router.ts'
import { assetUrl } from '#src/lib/assets.ts'
import { ticketsRouter } from '#src/tickets/router.ts'
import type { Route } from '#src/web/route.ts'
import type { Ask, World } from '../world.ts'
import type { Facts } from './facts.ts'
import { requests } from './requests.ts'

/** How a server's route is addressed: by its host name, or below `/s/{slug}`. */
type Form = 'host' | 'path'

/** A route or a procedure, in one of its forms: what the walk goes through. */
export type Call = {
  name: string
  /** Its line in `requests`. */
  key: string
  route: Route
  path: string
  form?: Form
}

type Procedure = { name: string; method: Route['method'] }

const proceduresOf = (router: AnyTRPCRouter): Procedure[] =>
  Object.entries(router._def.procedures as Record<string, { _def: { type: string } }>).map(
    ([name, procedure]) => ({ name, method: procedure._def.type === 'query' ? 'GET' : 'POST' }),
  )

const routers: Partial<Record<Route['host'], Procedure[]>> = {
  dashboard: proceduresOf(ticketsRouter),
  server: proceduresOf(intakeRouter),
}

const paths = (route: Route): string[] =>
  route.path.includes(':procedure')
    ? (routers[route.host] ?? [])
        .filter(({ method }) => method === route.method)
        .map(({ name }) => route.path.replace(':procedure', name))
    : [route.path]

/** Every route and procedure, by each address it has. */
export const calls: Call[] = routes.flatMap((route) =>
  paths(route).flatMap((path): Call[] => {
    const key = `${route.method} ${route.host} ${path}`
    if (route.host === 'canonical') return [{ name: key, key, route, path, form: 'path' }]
    if (route.host !== 'server') return [{ name: key, key, route, path }]
    return (['host', 'path'] as const).map((form) => ({
      name: `${key} by its ${form}`,
      key,
      route,
      path,
      form,
    }))
  }),
)

/** Those of the procedures that the routers have and the other method would call. */
export const wrongMethods: Call[] = routes
  .filter(({ path }) => path.includes(':procedure'))
  .flatMap((route) =>
    (routers[route.host] ?? [])
      .filter(({ method }) => method !== route.method)
      .map(({ name }) => {
        const path = route.path.replace(':procedure', name)
        const key = `${route.method === 'GET' ? 'POST' : 'GET'} ${route.host} ${path}`
        return { name: `${route.method} ${path}`, key, route, path, form: 'path' as const }
      }),
  )

/** Where a call about `facts` is sent, below the desk's origin. */
export function pathOf(call: Call, facts: Facts): string {
  const request = requests[call.key]
  if (!request) throw new Error(`tests/walls/requests.ts has nothing for ${call.key}`)
  const { organization, extra, number, colleague, invitation, endUser, session } = facts
  const server = serverOf(call, facts)
  const path = call.path
    .replace(':organization', organization.slug)
    .replace(':number', String(number))
    .replace(':slug', server.slug)
    .replace(':server/end-users', `${endUser.server.slug}/end-users`)
    .replace(':server', extra.slug)
    .replace(':endUser', endUser.id)
    .replace(':signIn', endUser.signIn)
    .replace(':browser', endUser.browser)
    .replace(':key', extra.keyId)
    .replace(':change', facts.change)
    .replace(':member', colleague)
    .replace(':invitation', invitation.id)
    .replace(':session', session)
    .replace(':token', request.token?.(facts) ?? '')
    .replace(':file', assetUrl('app.css').replace('/assets/', ''))
  const query = request.query ? `?${new URLSearchParams(request.query(facts))}` : ''
  return `${call.form === 'path' ? `/s/${server.slug}` : ''}${path}${query}`
}

const serverOf = ({ route }: Call, { organization, server }: Facts) =>
  route.host === 'canonical' ? organization.servers.platform : server

/** The request of a call about `facts`, with the caller's credentials. */
export function send(world: World, call: Call, facts: Facts, caller: Ask = {}) {
  const ask = { ...requests[call.key]?.ask?.(facts), ...caller }
  const browser = call.route.method === 'POST' && !call.route.cookieless
  const { slug } = serverOf(call, facts)
  const host = call.form === 'host' ? `${slug}.${world.desk.config.baseUrl.host}` : undefined
  return world.ask(pathOf(call, facts), {
    method: call.route.method,
    ...ask,
    ...(host && { host }),
    headers: { ...(browser && { 'sec-fetch-site': 'same-origin' }), ...ask.headers },
  })
}

/** All that an answer tells: status, headers, body. */
export async function told(response: Response) {
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].sort()),
    body: await response.text(),
  }
}
