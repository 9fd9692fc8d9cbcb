import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { endUser, endUserSession } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { isId } from '#src/staff/forms.ts'
import type { Issuer } from '../queries.ts'

type NewSession = Omit<typeof endUserSession.$inferInsert, 'organizationId' | 'mcpServerId' | 'id'>

const here = ({ scope, serverId }: Issuer) =>
  and(
    eq(endUserSession.organizationId, scope.organizationId),
    eq(endUserSession.mcpServerId, serverId),
  )

export const addSession = (issuer: Issuer, session: NewSession): Promise<void> =>
  inScope(issuer.scope, async (tx) => {
    await tx.insert(endUserSession).values({
      organizationId: issuer.scope.organizationId,
      mcpServerId: issuer.serverId,
      id: newId(),
      ...session,
    })
  })

/** A session that goes on, with whose it is; null at any other server. */
export async function findSession(issuer: Issuer, tokenHash: Buffer, now: Date) {
  const { organizationId } = issuer.scope
  const [found] = await inScope(issuer.scope, (tx) =>
    tx
      .select({
        id: endUserSession.id,
        expiresAt: endUserSession.expiresAt,
        endUserId: endUser.id,
        email: endUser.email,
        emailVerifiedAt: endUser.emailVerifiedAt,
        name: endUser.name,
      })
      .from(endUserSession)
      .innerJoin(
        endUser,
        and(
          eq(endUser.organizationId, organizationId),
          eq(endUser.mcpServerId, issuer.serverId),
          eq(endUser.id, endUserSession.endUserId),
        ),
      )
      .where(
        and(
          here(issuer),
          eq(endUserSession.tokenHash, tokenHash),
          gt(endUserSession.expiresAt, now),
        ),
      ),
  )
  if (!found) return null
  const { id, expiresAt, endUserId, emailVerifiedAt, ...known } = found
  const emailVerified = emailVerifiedAt !== null
  return { id, expiresAt, endUser: { id: endUserId, emailVerified, ...known } }
}

export const extendSession = (issuer: Issuer, id: string, expiresAt: Date): Promise<void> =>
  inScope(issuer.scope, async (tx) => {
    await tx
      .update(endUserSession)
      .set({ expiresAt })
      .where(and(here(issuer), eq(endUserSession.id, id)))
  })

export const removeSession = (issuer: Issuer, tokenHash: Buffer): Promise<void> =>
  inScope(issuer.scope, async (tx) => {
    await tx
      .delete(endUserSession)
      .where(and(here(issuer), eq(endUserSession.tokenHash, tokenHash)))
  })

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
          here(issuer),
          eq(endUserSession.endUserId, endUserId),
          gt(endUserSession.expiresAt, new Date()),
        ),
      )
      .orderBy(desc(endUserSession.id))
      .limit(listedMax),
  )

const listedMax = 200

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
      .where(and(here(issuer), eq(endUserSession.endUserId, endUserId), eq(endUserSession.id, id)))
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
        here(issuer),
        eq(endUserSession.endUserId, endUserId),
        keep === undefined ? undefined : ne(endUserSession.id, keep),
      ),
    )
}
