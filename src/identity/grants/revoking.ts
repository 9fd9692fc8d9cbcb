import { and, eq, isNull, type SQL } from 'drizzle-orm'
import { oauthGrant } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'

/** Ends one sign-in of an end-user, with its refresh tokens. False where there is none to end. */
export const revokeGrant = async (
  scope: Scope,
  serverId: string,
  endUserId: string,
  grantId: string,
): Promise<boolean> =>
  isId(endUserId) &&
  isId(grantId) &&
  (await revoke(
    scope,
    serverId,
    and(eq(oauthGrant.endUserId, endUserId), eq(oauthGrant.id, grantId)),
  )) > 0

/** Ends every sign-in of an end-user, and answers how many those were. */
export const revokeAll = async (
  scope: Scope,
  serverId: string,
  endUserId: string,
): Promise<number> =>
  isId(endUserId) ? revoke(scope, serverId, eq(oauthGrant.endUserId, endUserId)) : 0

const revoke = (scope: Scope, serverId: string, which: SQL | undefined): Promise<number> =>
  inScope(scope, async (tx) => {
    const ended = await tx
      .update(oauthGrant)
      .set({ revokedAt: new Date() })
      .where(
        and(
          eq(oauthGrant.organizationId, scope.organizationId),
          eq(oauthGrant.mcpServerId, serverId),
          isNull(oauthGrant.revokedAt),
          which,
        ),
      )
      .returning({ id: oauthGrant.id })
    return ended.length
  })
