import { and, eq, gt, isNull, lt, notExists, or } from 'drizzle-orm'
import { oauthClient, oauthGrant } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { limits } from './limits.ts'

/** Deletes an organization's clients that nobody let in, or that nobody is signed in by for long. */
export async function sweepClients(scope: Scope, now: Date): Promise<void> {
  const { organizationId } = scope
  const before = (ms: number) => new Date(now.getTime() - ms)
  await inScope(scope, (tx) => {
    const signedIn = tx
      .select({ id: oauthGrant.id })
      .from(oauthGrant)
      .where(
        and(
          eq(oauthGrant.organizationId, organizationId),
          eq(oauthGrant.mcpServerId, oauthClient.mcpServerId),
          eq(oauthGrant.clientId, oauthClient.id),
          isNull(oauthGrant.revokedAt),
          gt(oauthGrant.expiresAt, now),
        ),
      )
    return tx
      .delete(oauthClient)
      .where(
        and(
          eq(oauthClient.organizationId, organizationId),
          or(
            and(
              isNull(oauthClient.usedAt),
              lt(oauthClient.createdAt, before(limits.neverUsedKeptMs)),
            ),
            lt(oauthClient.usedAt, before(limits.unusedKeptMs)),
          ),
          notExists(signedIn),
        ),
      )
  })
}
