import { and, count, eq, gt, isNull } from 'drizzle-orm'
import { endUser, endUserSession, oauthGrant } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { liveSessions, ofServer } from '#src/servers/end-users/queries.ts'
import { isId } from '#src/staff/forms.ts'
import type { Account, Reporter } from './ticket.ts'

/** The account that raised a ticket, or null: no one was signed in by the desk, or it is deleted. */
export async function findAccount(
  tx: Tx,
  scope: Scope,
  { serverId, reporter }: { serverId: string; reporter: Reporter },
): Promise<Account | null> {
  const { proof, subject, email } = reporter
  if (proof !== 'signed_in' || !subject || !isId(subject)) return null
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
