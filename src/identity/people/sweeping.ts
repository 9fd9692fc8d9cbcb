import { and, eq, lt } from 'drizzle-orm'
import { endUserSession, mailedCode } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'

/** Deletes an organization's sessions of end-users, and mailed codes, that have expired. */
export const sweepPeople = (scope: Scope, now: Date): Promise<void> =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    await tx
      .delete(endUserSession)
      .where(
        and(eq(endUserSession.organizationId, organizationId), lt(endUserSession.expiresAt, now)),
      )
    await tx
      .delete(mailedCode)
      .where(and(eq(mailedCode.organizationId, organizationId), lt(mailedCode.expiresAt, now)))
  })
