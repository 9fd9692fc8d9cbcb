import { and, desc, eq, gt, inArray, isNull, type SQL } from 'drizzle-orm'
import { authorizationCode, oauthGrant } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'
import type { Issuer } from '../queries.ts'
import { grantsMax } from './limits.ts'
import { hashesOf } from './refresh-token.ts'

/** Ends one sign-in of an end-user, with its refresh tokens. False where there is none to end. */
export async function revokeGrant(
  scope: Scope,
  serverId: string,
  endUserId: string,
  grantId: string,
): Promise<boolean> {
  if (!isId(endUserId) || !isId(grantId)) return false
  const which = and(eq(oauthGrant.endUserId, endUserId), eq(oauthGrant.id, grantId))
  return (await revoke(scope, serverId, which)) > 0
}

/**
 * Ends every sign-in of an end-user, and answers how many those were. Codes that are on their way
 * become none any more: one that is being redeemed is waited for, and its grant ended.
 */
export async function revokeAll(
  scope: Scope,
  serverId: string,
  endUserId: string,
): Promise<number> {
  if (!isId(endUserId)) return 0
  return inScope(scope, (tx) => revokeAllIn(tx, scope, serverId, endUserId))
}

/** The same within a transaction. */
export async function revokeAllIn(
  tx: Tx,
  scope: Scope,
  serverId: string,
  endUserId: string,
): Promise<number> {
  await tx
    .update(authorizationCode)
    .set({ redeemedAt: new Date() })
    .where(
      and(
        eq(authorizationCode.organizationId, scope.organizationId),
        eq(authorizationCode.mcpServerId, serverId),
        eq(authorizationCode.endUserId, endUserId),
        isNull(authorizationCode.redeemedAt),
      ),
    )
  return revokeIn(tx, scope, serverId, eq(oauthGrant.endUserId, endUserId))
}

/** Ends the oldest of an end-user's sign-ins where more are alive than may be. */
export async function revokeOldest(
  tx: Tx,
  { scope, serverId }: Issuer,
  endUserId: string,
): Promise<void> {
  const isAlive = and(
    eq(oauthGrant.organizationId, scope.organizationId),
    eq(oauthGrant.mcpServerId, serverId),
    eq(oauthGrant.endUserId, endUserId),
    isNull(oauthGrant.revokedAt),
    gt(oauthGrant.expiresAt, new Date()),
  )
  const tooMany = tx
    .select({ id: oauthGrant.id })
    .from(oauthGrant)
    .where(isAlive)
    .orderBy(desc(oauthGrant.createdAt), desc(oauthGrant.id))
    .offset(grantsMax)
  await revokeIn(tx, scope, serverId, inArray(oauthGrant.id, tooMany))
}

/** Ends what one of a client's own refresh tokens belongs to, the newest or an older one. */
export async function revokeByRefreshToken(
  { scope, serverId }: Issuer,
  clientId: string,
  token: string,
): Promise<void> {
  const hashes = hashesOf(token)
  if (!hashes) return
  const isFamily = eq(oauthGrant.familyHash, hashes.family)
  await revoke(scope, serverId, and(eq(oauthGrant.clientId, clientId), isFamily))
}

const revoke = (scope: Scope, serverId: string, which: SQL | undefined): Promise<number> =>
  inScope(scope, (tx) => revokeIn(tx, scope, serverId, which))

/** Ends those of a server's grants that are alive, and answers how many. */
export async function revokeIn(
  tx: Tx,
  { organizationId }: Scope,
  serverId: string,
  which: SQL | undefined,
): Promise<number> {
  const ended = await tx
    .update(oauthGrant)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(oauthGrant.organizationId, organizationId),
        eq(oauthGrant.mcpServerId, serverId),
        isNull(oauthGrant.revokedAt),
        which,
      ),
    )
    .returning({ id: oauthGrant.id })
  return ended.length
}
