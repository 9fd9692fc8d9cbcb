import { and, asc, eq, gt } from 'drizzle-orm'
import { invitation, membership, staff } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'

/** Who belongs to the organization, by name. */
export const listMembers = (scope: Scope) =>
  inScope(scope, (tx) =>
    tx
      .select({ id: staff.id, name: staff.name, email: staff.email, role: membership.role })
      .from(membership)
      .innerJoin(staff, eq(staff.id, membership.staffId))
      .where(eq(membership.organizationId, scope.organizationId))
      .orderBy(asc(staff.name), asc(staff.email)),
  )

/** The invitations that can still be used, oldest first. */
export const listInvitations = (scope: Scope) =>
  inScope(scope, (tx) =>
    tx
      .select({
        id: invitation.id,
        role: invitation.role,
        invitedBy: staff.name,
        expiresAt: invitation.expiresAt,
      })
      .from(invitation)
      .innerJoin(staff, eq(staff.id, invitation.invitedBy))
      .where(
        and(
          eq(invitation.organizationId, scope.organizationId),
          gt(invitation.expiresAt, new Date()),
        ),
      )
      .orderBy(asc(invitation.createdAt)),
  )
