import { and, asc, count, eq, gt, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { oauthClient, oauthGrant } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { Problem } from '#src/web/problem.ts'
import type { Issuer } from '../queries.ts'
import { limits } from './limits.ts'
import { ofIssuer } from './queries.ts'

/**
 * Sees to room for one more client of a server: where there are too many, the oldest that nobody
 * let in go, then those that were let in longest ago. A `too_many` where somebody is signed in by
 * every one of them.
 */
export async function makeRoom(tx: Tx, issuer: Issuer): Promise<void> {
  const [row] = await tx.select({ clients: count() }).from(oauthClient).where(ofIssuer(issuer))
  const over = (row?.clients ?? 0) - limits.clientsMax + 1
  if (over <= 0) return
  const oldest = await tx
    .select({ id: oauthClient.id })
    .from(oauthClient)
    .where(and(ofIssuer(issuer), notInArray(oauthClient.id, signedIn(tx, issuer))))
    .orderBy(sql`${oauthClient.usedAt} nulls first`, asc(oauthClient.createdAt))
    .limit(over)
    .for('update', { skipLocked: true })
  if (oldest.length === 0)
    throw new Problem('too_many', 'This server has as many clients as it can have.', {
      retryAfterSeconds: 3_600,
    })
  const ids = oldest.map(({ id }) => id)
  await tx.delete(oauthClient).where(and(ofIssuer(issuer), inArray(oauthClient.id, ids)))
}

/** Clients by which somebody is signed in: a list, read once, though its size may not be known. */
const signedIn = (tx: Tx, { scope, serverId }: Issuer) =>
  tx
    .select({ id: oauthGrant.clientId })
    .from(oauthGrant)
    .where(
      and(
        eq(oauthGrant.organizationId, scope.organizationId),
        eq(oauthGrant.mcpServerId, serverId),
        isNull(oauthGrant.revokedAt),
        gt(oauthGrant.expiresAt, new Date()),
      ),
    )
