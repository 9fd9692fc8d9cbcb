import { and, eq, lt } from 'drizzle-orm'
import { invitation } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import { lockOwners } from '#src/staff/members/owners.ts'

const invitationDays = 7
const dayMs = 86_400_000

type Invite = { role: 'owner' | 'member'; byId: string }
type Invited = { ok: true; token: string; expiresAt: Date } | { ok: false; reason: 'not_found' }

/** Makes an invitation, at the word of an owner. Its token can't be read again. */
export const createInvitation = (scope: Scope, { role, byId }: Invite): Promise<Invited> =>
  inScope(scope, async (tx) => {
    const owners = await lockOwners(tx, scope)
    if (!owners.includes(byId)) return { ok: false, reason: 'not_found' }
    const { organizationId } = scope
    const createdAt = new Date()
    await tx
      .delete(invitation)
      .where(
        and(eq(invitation.organizationId, organizationId), lt(invitation.expiresAt, createdAt)),
      )
    const token = newSecret()
    const expiresAt = new Date(createdAt.getTime() + invitationDays * dayMs)
    await tx.insert(invitation).values({
      id: newId(),
      tokenHash: sha256(token),
      organizationId,
      role,
      invitedBy: byId,
      createdAt,
      expiresAt,
    })
    return { ok: true, token, expiresAt }
  })
