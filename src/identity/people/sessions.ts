import { and, eq, gt } from 'drizzle-orm'
import { endUser, endUserSession } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { Issuer } from '../queries.ts'
import { accountsOf } from './queries.ts'

type NewSession = Omit<typeof endUserSession.$inferInsert, 'organizationId' | 'mcpServerId' | 'id'>

export const sessionsOf = ({ scope, serverId }: Issuer) =>
  and(
    eq(endUserSession.organizationId, scope.organizationId),
    eq(endUserSession.mcpServerId, serverId),
  )

/**
 * Adds a session. One that a password was shown for is not added, and answered with false, if that
 * is not the account's any more: whoever replaced it has ended all sessions by it.
 */
export const addSession = (
  issuer: Issuer,
  session: NewSession,
  passwordHash?: string,
): Promise<boolean> =>
  inScope(issuer.scope, async (tx) => {
    const { organizationId } = issuer.scope
    const { serverId: mcpServerId } = issuer
    if (passwordHash !== undefined) {
      const [held] = await tx
        .select({ id: endUser.id })
        .from(endUser)
        .where(
          and(
            accountsOf(issuer),
            eq(endUser.id, session.endUserId),
            eq(endUser.passwordHash, passwordHash),
          ),
        )
        .for('share')
      if (!held) return false
    }
    await tx.insert(endUserSession).values({ organizationId, mcpServerId, id: newId(), ...session })
    return true
  })

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
