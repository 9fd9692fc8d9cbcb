import { newSecret, sha256 } from '#src/lib/ids.ts'
import { storable } from '#src/lib/text.ts'
import type { Visit } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import { clearCookie, cookieOf, readCookie, setCookie } from './cookie.ts'
import { addSession, extendSession, findSession, removeSession } from './sessions.ts'

const sessionLastsMs = 30 * 24 * 3_600_000
const userAgentCharsMax = 300

/** Somebody with an account at one server. */
export type EndUser = { id: string; email: string; emailVerified: boolean; name: string }

export type Session = { id: string; endUser: EndUser }

/**
 * Begins a session under a new value, and ends the one the browser came with (session fixation).
 * False where the password it was shown for is not the account's any more.
 */
export async function beginSession(
  visit: Visit,
  issuer: Issuer,
  endUserId: string,
  passwordHash?: string,
): Promise<boolean> {
  await removeSession(issuer, hashOf(visit, issuer))
  const value = newSecret()
  const userAgent = storable(visit.request.headers.get('user-agent') ?? '')
  const now = new Date()
  const session = {
    tokenHash: sha256(value),
    endUserId,
    userAgent: userAgent.slice(0, userAgentCharsMax),
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionLastsMs),
  }
  const begun = await addSession(issuer, session, passwordHash)
  if (begun) setCookie(visit, sessionCookie(visit, issuer), value, sessionLastsMs)
  return begun
}

/** Ends the session at the desk, not only in the browser. */
export async function endSession(visit: Visit, issuer: Issuer): Promise<void> {
  await removeSession(issuer, hashOf(visit, issuer))
  clearCookie(visit, sessionCookie(visit, issuer))
}

/** Who is signed in at this server, if anyone. */
export const endUserOf = async (visit: Visit, issuer: Issuer): Promise<EndUser | null> =>
  (await sessionOf(visit, issuer))?.endUser ?? null

/** The same with the session's id. One in its second half is extended. */
export async function sessionOf(visit: Visit, issuer: Issuer): Promise<Session | null> {
  const value = readCookie(visit, sessionCookie(visit, issuer))
  if (!value) return null
  const now = Date.now()
  const found = await findSession(issuer, sha256(value), new Date(now))
  if (!found) return null
  const { id, expiresAt, endUser } = found
  if (expiresAt.getTime() - now < sessionLastsMs / 2) {
    await extendSession(issuer, id, new Date(now + sessionLastsMs))
    setCookie(visit, sessionCookie(visit, issuer), value, sessionLastsMs)
  }
  return { id, endUser }
}

const sessionCookie = (visit: Visit, issuer: Issuer) => cookieOf(visit, issuer, 'mcp_obs_user')

const hashOf = (visit: Visit, issuer: Issuer): Buffer =>
  sha256(readCookie(visit, sessionCookie(visit, issuer)) ?? '')
