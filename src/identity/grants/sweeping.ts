import { and, eq, lt, or } from 'drizzle-orm'
import { authorizationCode, oauthGrant } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { codesKeptMs, deadGrantsKeptMs } from './limits.ts'

/** Deletes an organization's grants that have been dead, and codes that have been old, long enough. */
export const sweepGrants = (scope: Scope, now: Date): Promise<void> =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const before = (ms: number) => new Date(now.getTime() - ms)
    await tx
      .delete(oauthGrant)
      .where(
        and(
          eq(oauthGrant.organizationId, organizationId),
          or(
            lt(oauthGrant.expiresAt, before(deadGrantsKeptMs)),
            lt(oauthGrant.revokedAt, before(deadGrantsKeptMs)),
          ),
        ),
      )
    await tx
      .delete(authorizationCode)
      .where(
        and(
          eq(authorizationCode.organizationId, organizationId),
          lt(authorizationCode.expiresAt, before(codesKeptMs)),
        ),
      )
  })
