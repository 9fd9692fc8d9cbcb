import type { Config } from '#src/config.ts'
import type { Database } from '#src/db/database.ts'
import type { Log } from '#src/lib/log.ts'
import type { Place } from './host.ts'

/** What every part of the running desk shares. */
export type Desk = { config: Config; database: Database; log: Log }

/** One request on its way through a route. */
export type Visit = {
  desk: Desk
  request: Request
  url: URL
  params: Record<string, string>
  place: Place
  /** Address of the peer, or what a trusted proxy says it is. */
  address: string
  /** Cookies to set, whatever the answer. */
  cookies: string[]
}

/** The language a route answers problems in: a page, problem details, or tRPC's envelope. */
export type Speaks = 'page' | 'problem' | 'trpc'

/**
 * Who may call a route. `admit` returns the caller or throws a problem; a handler can't be
 * reached without. Callers that prove themselves by a key are exempt from the cross-site rule:
 * browsers send none by themselves.
 */
export type Who<Caller> = {
  name: string
  byKey: boolean
  admit: (visit: Visit) => Promise<Caller>
}

export type Answer = Response | Promise<Response>

export type Route = {
  method: 'GET' | 'POST'
  /** `server` routes answer at `{slug}.<host>` and below `<host>/s/{slug}`. */
  host: 'dashboard' | 'server' | 'any'
  path: string
  who: string
  byKey: boolean
  speaks: Speaks
  handle: (visit: Visit) => Promise<Response>
}

/** A line of the map in `app.ts`: who may call stands beside the path, and is enforced by it. */
export function route<Caller>(
  method: Route['method'],
  host: Route['host'],
  path: string,
  who: Who<Caller>,
  handle: (visit: Visit, caller: Caller) => Answer,
  speaks: Speaks = 'page',
): Route {
  return {
    method,
    host,
    path,
    who: who.name,
    byKey: who.byKey,
    speaks,
    handle: async (visit) => handle(visit, await who.admit(visit)),
  }
}

export const anyone: Who<null> = { name: 'anyone', byKey: false, admit: async () => null }
