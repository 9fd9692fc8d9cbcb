import type { Visit } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import { pathOf } from './request.ts'

export type Cookie = { name: string; path: string; secure: boolean }

/**
 * A cookie of an issuer's pages: servers whose addresses are paths share a host with each other and
 * with the dashboard. At a host of its own, over https, its name pins it there.
 */
export function cookieOf({ desk }: Visit, issuer: Issuer, name: string, below = ''): Cookie {
  const path = pathOf(issuer) + below || '/'
  const secure = desk.config.baseUrl.protocol === 'https:'
  return { name: secure && path === '/' ? `__Host-${name}` : name, path, secure }
}

/** The value it came with. Of several by one name, browsers send that of the nearest path first. */
export function readCookie({ request }: Visit, { name }: Cookie): string | undefined {
  const prefix = `${name}=`
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length)
}

/** Sets it for so long; at once over, it is taken away. */
export function setCookie(visit: Visit, cookie: Cookie, value: string, lastsMs: number): void {
  const { name, path, secure } = cookie
  const age = Math.floor(lastsMs / 1000)
  const flags = `HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  visit.cookies.push(`${name}=${value}; Path=${path}; Max-Age=${age}; ${flags}`)
}

export const clearCookie = (visit: Visit, cookie: Cookie): void => setCookie(visit, cookie, '', 0)
