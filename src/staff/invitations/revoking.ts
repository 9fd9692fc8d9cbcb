import { and, eq } from 'drizzle-orm'
import { invitation } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'

/** Ends an invitation before it was used. Whether there was one. */
export const revokeInvitation = (scope: Scope, id: string): Promise<boolean> =>
  inScope(scope, async (tx) => {
    const ended = await tx
      .delete(invitation)
      .where(and(eq(invitation.organizationId, scope.organizationId), eq(invitation.id, id)))
      .returning({ id: invitation.id })
    return ended.length > 0
  })
