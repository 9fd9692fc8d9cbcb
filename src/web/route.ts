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

/**
 * The language a route answers problems in: a page, problem details, tRPC's envelope, or OAuth's
 * (RFC 6749 5.2), which scripts of any origin may read.
 */
export type Speaks = 'page' | 'problem' | 'trpc' | 'oauth'

/**
 * Who may call a route. `admit` returns the caller or throws a problem; a handler can't be
 * reached without.
 */
export type Who<Caller> = {
  name: string
  /**
   * Nothing counts that a browser sends by itself, so other sites may cause such requests: callers
   * prove themselves by a key, or are nobody in particular.
   */
  cookieless: boolean
  admit: (visit: Visit) => Promise<Caller>
}

export type Answer = Response | Promise<Response>

export type Route = {
  method: 'GET' | 'POST'
  /**
   * `server` routes answer at `{slug}.<host>` and below `<host>/s/{slug}`, `canonical` ones at the
   * server's one canonical address only.
   */
  host: 'dashboard' | 'server' | 'canonical' | 'any'
  path: string
  who: string
  cookieless: boolean
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
    cookieless: who.cookieless,
    speaks,
    handle: async (visit) => handle(visit, await who.admit(visit)),
  }
}

export const anyone: Who<null> = { name: 'anyone', cookieless: false, admit: async () => null }
