import { and, asc, eq } from 'drizzle-orm'
import { invitation, membership } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'

/**
 * Who owns the organization, locked until the transaction ends: changes of owners queue up, and
 * each sees what the one before it left.
 */
export async function lockOwners(tx: Tx, { organizationId }: Scope): Promise<string[]> {
  const rows = await tx
    .select({ staffId: membership.staffId })
    .from(membership)
    .where(and(eq(membership.organizationId, organizationId), eq(membership.role, 'owner')))
    .orderBy(asc(membership.staffId))
    .for('update')
  return rows.map(({ staffId }) => staffId)
}

/** Takes back the invitations of someone who may invite no longer. */
export async function endInvitationsOf(tx: Tx, { organizationId }: Scope, staffId: string) {
  await tx
    .delete(invitation)
    .where(and(eq(invitation.organizationId, organizationId), eq(invitation.invitedBy, staffId)))
}
