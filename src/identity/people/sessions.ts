import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import { endUser, endUserSession } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { Issuer } from '../queries.ts'
import { sessionsMax } from './limits.ts'
import { accountsOf, lockAccount } from './queries.ts'

type NewSession = Omit<typeof endUserSession.$inferInsert, 'organizationId' | 'mcpServerId' | 'id'>

export const sessionsOf = ({ scope, serverId }: Issuer) =>
  and(
    eq(endUserSession.organizationId, scope.organizationId),
    eq(endUserSession.mcpServerId, serverId),
  )

/**
 * Adds a session; the oldest of the same account end where there are too many. False, and none is
 * added, where there is no account, or the password that was shown is not its own any more: whoever
 * replaced it has ended all sessions by it.
 */
export const addSession = (
  issuer: Issuer,
  session: NewSession,
  passwordHash?: string,
): Promise<boolean> =>
  inScope(issuer.scope, async (tx) => {
    const { organizationId } = issuer.scope
    const { serverId: mcpServerId } = issuer
    if (!(await lockAccount(tx, issuer, session.endUserId, passwordHash))) return false
    await tx.insert(endUserSession).values({ organizationId, mcpServerId, id: newId(), ...session })
    await endOldest(tx, issuer, session.endUserId)
    return true
  })

async function endOldest(tx: Tx, issuer: Issuer, endUserId: string): Promise<void> {
  const own = and(sessionsOf(issuer), eq(endUserSession.endUserId, endUserId))
  const tooMany = tx
    .select({ id: endUserSession.id })
    .from(endUserSession)
    .where(own)
    .orderBy(desc(endUserSession.createdAt), desc(endUserSession.id))
    .offset(sessionsMax)
  await tx.delete(endUserSession).where(and(own, inArray(endUserSession.id, tooMany)))
}

/** A session that goes on, with whose it is; null at any other server. */
export async function findSession(issuer: Issuer, tokenHash: Buffer, now: Date) {
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
      .innerJoin(endUser, and(accountsOf(issuer), eq(endUser.id, endUserSession.endUserId)))
      .where(
        and(
          sessionsOf(issuer),
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
      .where(and(sessionsOf(issuer), eq(endUserSession.id, id)))
  })

export const removeSession = (issuer: Issuer, tokenHash: Buffer): Promise<void> =>
  inScope(issuer.scope, async (tx) => {
    await tx
      .delete(endUserSession)
      .where(and(sessionsOf(issuer), eq(endUserSession.tokenHash, tokenHash)))
  })
