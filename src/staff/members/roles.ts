import { and, eq } from 'drizzle-orm'
import { membership } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { endInvitationsOf, lockOwners } from './owners.ts'

type Change = { staffId: string; role: 'owner' | 'member'; byId: string }

export type MemberChange = { ok: true } | { ok: false; reason: 'not_found' | 'last_owner' }

/**
 * Makes a member an owner, or an owner a member, at the word of an owner. The last owner stays
 * one; the invitations of someone who is an owner no longer end.
 */
export const changeRole = (scope: Scope, { staffId, role, byId }: Change): Promise<MemberChange> =>
  inScope(scope, async (tx) => {
    const owners = await lockOwners(tx, scope)
    if (!owners.includes(byId)) return { ok: false, reason: 'not_found' }
    if (role === 'member' && owners.length === 1 && owners[0] === staffId)
      return { ok: false, reason: 'last_owner' }
    const changed = await tx
      .update(membership)
      .set({ role })
      .where(
        and(eq(membership.organizationId, scope.organizationId), eq(membership.staffId, staffId)),
      )
      .returning({ staffId: membership.staffId })
    if (changed.length === 0) return { ok: false, reason: 'not_found' }
    if (role === 'member') await endInvitationsOf(tx, scope, staffId)
    return { ok: true }
  })
