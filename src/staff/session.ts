import type { Lucia } from 'lucia'
import { storable } from '#src/lib/text.ts'
import type { Desk, Visit } from '#src/web/route.ts'
import { luciaOver, sessionHash } from './lucia.ts'
import { hasPassword } from './signing-in.ts'

const userAgentCharsMax = 300

export type Staff = { id: string; email: string; name: string }

const lucias = new WeakMap<Desk, ReturnType<typeof luciaOver>>()

function luciaOf(desk: Desk): Lucia {
  const lucia =
    lucias.get(desk) ?? luciaOver(desk.database, desk.config.baseUrl.protocol === 'https:')
  lucias.set(desk, lucia)
  return lucia
}

/**
 * Begins a session under a new id, and ends the one the browser came with (session fixation). False
 * where the password it was shown for is not the account's any more: whoever replaced it has ended
 * all sessions by it.
 */
export async function beginSession(
  visit: Visit,
  staffId: string,
  passwordHash?: string,
): Promise<boolean> {
  const lucia = luciaOf(visit.desk)
  const old = sessionIdOf(visit)
  if (old) await lucia.invalidateSession(old)
  const session = await lucia.createSession(staffId, {
    userAgent: storable(visit.request.headers.get('user-agent') ?? '').slice(0, userAgentCharsMax),
    createdAt: new Date(),
  })
  // Asked once the session is there: of a replacement, one of the two sees the other.
  if (passwordHash !== undefined) {
    const holds = await hasPassword(visit.desk.database, staffId, passwordHash)
    if (!holds) {
      await lucia.invalidateSession(session.id)
      return false
    }
  }
  visit.cookies.push(lucia.createSessionCookie(session.id).serialize())
  return true
}

/** Ends the session at the desk, not only in the browser. */
export async function endSession(visit: Visit): Promise<void> {
  const lucia = luciaOf(visit.desk)
  const id = sessionIdOf(visit)
  if (id) await lucia.invalidateSession(id)
  visit.cookies.push(lucia.createBlankSessionCookie().serialize())
}

/** Who is signed in, if anyone. A session in its second half is extended. */
export async function staffOf(visit: Visit): Promise<Staff | null> {
  const id = sessionIdOf(visit)
  if (!id) return null
  const lucia = luciaOf(visit.desk)
  const { session, user } = await lucia.validateSession(id)
  if (!session) return null
  if (session.fresh) visit.cookies.push(lucia.createSessionCookie(session.id).serialize())
  return { id: user.id, email: user.email, name: user.name }
}

/** What is stored of the session that a request came with. */
export const ownSession = (visit: Visit): string => sessionHash(sessionIdOf(visit) ?? '')

/**
 * The session's id from its cookie. Lucia's own reader decodes all cookies of the header and throws
 * at one that it can't, which any program on the same host may have set.
 */
function sessionIdOf({ desk, request }: Visit): string | undefined {
  const prefix = `${luciaOf(desk).sessionCookieName}=`
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length)
}
