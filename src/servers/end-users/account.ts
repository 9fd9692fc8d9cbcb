import { and, count, eq, gt, isNull } from 'drizzle-orm'
import { endUser, endUserSession, oauthGrant } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'
import { liveSessions, ofServer } from './queries.ts'

/** What a ticket's page says of the account behind it. */
export type Account = { emailVerified: boolean; signIns: number }

/**
 * The account that raised a ticket, or null: there is none any more. Its e-mail is verified where it
 * still is the one on the ticket.
 */
export async function findAccountOf(
  tx: Tx,
  scope: Scope,
  { serverId, subject, email }: { serverId: string; subject: string; email: string | null },
): Promise<Account | null> {
  if (!isId(subject)) return null
  const { organizationId } = scope
  const [[found], [grants], [sessions]] = await Promise.all([
    tx
      .select({ email: endUser.email, verifiedAt: endUser.emailVerifiedAt })
      .from(endUser)
      .where(and(ofServer(scope, serverId), eq(endUser.id, subject))),
    tx
      .select({ n: count() })
      .from(oauthGrant)
      .where(
        and(
          eq(oauthGrant.organizationId, organizationId),
          eq(oauthGrant.mcpServerId, serverId),
          eq(oauthGrant.endUserId, subject),
          isNull(oauthGrant.revokedAt),
          gt(oauthGrant.expiresAt, new Date()),
        ),
      ),
    tx
      .select({ n: count() })
      .from(endUserSession)
      .where(liveSessions(scope, serverId, subject)),
  ])
  if (!found) return null
  return {
    emailVerified: found.verifiedAt !== null && found.email === email,
    signIns: (grants?.n ?? 0) + (sessions?.n ?? 0),
  }
}
