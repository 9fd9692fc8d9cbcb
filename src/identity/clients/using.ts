import { and, eq, gt, isNull } from 'drizzle-orm'
import { oauthClient, oauthGrant } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import type { Issuer } from '../queries.ts'
import { ofIssuer } from './queries.ts'

/** Notes that somebody let a client in: it stays, where others make room. */
export async function noteClientUse(tx: Tx, issuer: Issuer, id: string, now: Date): Promise<void> {
  await tx
    .update(oauthClient)
    .set({ usedAt: now })
    .where(and(ofIssuer(issuer), eq(oauthClient.id, id)))
}

/** Whether somebody is signed in by a client. */
export async function isInUse({ scope, serverId }: Issuer, id: string): Promise<boolean> {
  const [alive] = await inScope(scope, (tx) =>
    tx
      .select({ id: oauthGrant.id })
      .from(oauthGrant)
      .where(
        and(
          eq(oauthGrant.organizationId, scope.organizationId),
          eq(oauthGrant.mcpServerId, serverId),
          eq(oauthGrant.clientId, id),
          isNull(oauthGrant.revokedAt),
          gt(oauthGrant.expiresAt, new Date()),
        ),
      )
      .limit(1),
  )
  return alive !== undefined
}
