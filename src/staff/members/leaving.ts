import { and, eq } from 'drizzle-orm'
import { membership } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { endInvitationsOf, lockOwners } from './owners.ts'
import type { MemberChange } from './roles.ts'

type Leave = { staffId: string; byId: string }

/**
 * Ends a membership, at the word of an owner or one's own: from the next request on, the
 * organization does not exist for them. The last owner stays.
 */
export const endMembership = (scope: Scope, { staffId, byId }: Leave): Promise<MemberChange> =>
  inScope(scope, async (tx) => {
    const owners = await lockOwners(tx, scope)
    if (staffId !== byId && !owners.includes(byId)) return { ok: false, reason: 'not_found' }
    if (owners.length === 1 && owners[0] === staffId) return { ok: false, reason: 'last_owner' }
    const ended = await tx
      .delete(membership)
      .where(
        and(eq(membership.organizationId, scope.organizationId), eq(membership.staffId, staffId)),
      )
      .returning({ staffId: membership.staffId })
    if (ended.length === 0) return { ok: false, reason: 'not_found' }
    await endInvitationsOf(tx, scope, staffId)
    return { ok: true }
  })
