import { and, eq, type SQL } from 'drizzle-orm'
import { endUserSession } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { revokeAll } from '#src/identity/grants/revoking.ts'
import { isId } from '#src/staff/forms.ts'

/** Signs an end-user out in one browser. False where they have no such session. */
export const endSession = async (
  scope: Scope,
  serverId: string,
  endUserId: string,
  id: string,
): Promise<boolean> =>
  isId(id) && (await end(scope, serverId, endUserId, eq(endUserSession.id, id))) > 0

/**
 * Ends all sign-ins of an end-user: first the browsers, in which a client could be let in anew,
 * then the clients.
 */
export async function endAll(scope: Scope, serverId: string, endUserId: string): Promise<void> {
  await end(scope, serverId, endUserId)
  await revokeAll(scope, serverId, endUserId)
}

const end = (scope: Scope, serverId: string, endUserId: string, which?: SQL): Promise<number> =>
  inScope(scope, async (tx) => {
    const ended = await tx
      .delete(endUserSession)
      .where(
        and(
          eq(endUserSession.organizationId, scope.organizationId),
          eq(endUserSession.mcpServerId, serverId),
          eq(endUserSession.endUserId, endUserId),
          which,
        ),
      )
      .returning({ id: endUserSession.id })
    return ended.length
  })
