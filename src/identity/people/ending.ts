import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { endUserSession } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'
import type { Issuer } from '../queries.ts'
import { sessionsOf } from './sessions.ts'

const listedMax = 200

/** The browsers somebody is signed in with, newest first. */
export const listSessions = (issuer: Issuer, endUserId: string) =>
  inScope(issuer.scope, (tx) =>
    tx
      .select({
        id: endUserSession.id,
        userAgent: endUserSession.userAgent,
        createdAt: endUserSession.createdAt,
      })
      .from(endUserSession)
      .where(
        and(
          sessionsOf(issuer),
          eq(endUserSession.endUserId, endUserId),
          gt(endUserSession.expiresAt, new Date()),
        ),
      )
      .orderBy(desc(endUserSession.id))
      .limit(listedMax),
  )

/** Ends one of somebody's own sessions. Whether there was one. */
export async function endOwnSession(
  issuer: Issuer,
  endUserId: string,
  id: string,
): Promise<boolean> {
  if (!isId(id)) return false
  const ended = await inScope(issuer.scope, (tx) =>
    tx
      .delete(endUserSession)
      .where(
        and(sessionsOf(issuer), eq(endUserSession.endUserId, endUserId), eq(endUserSession.id, id)),
      )
      .returning({ id: endUserSession.id }),
  )
  return ended.length > 0
}

/** Ends all of somebody's sessions, but the one to keep. */
export async function endSessions(
  tx: Tx,
  issuer: Issuer,
  endUserId: string,
  keep?: string,
): Promise<void> {
  await tx
    .delete(endUserSession)
    .where(
      and(
        sessionsOf(issuer),
        eq(endUserSession.endUserId, endUserId),
        keep === undefined ? undefined : ne(endUserSession.id, keep),
      ),
    )
}

/** Ends all of somebody's own sessions but the one that asks. */
export const endOtherSessions = (issuer: Issuer, endUserId: string, keep: string): Promise<void> =>
  inScope(issuer.scope, (tx) => endSessions(tx, issuer, endUserId, keep))
