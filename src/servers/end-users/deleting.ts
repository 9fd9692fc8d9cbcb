import { and, eq } from 'drizzle-orm'
import { endUser, mailedCode } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'

/**
 * Deletes an account at a server with its sessions, grants and codes; tickets stay as they are.
 * False where there is none. Doing it again changes nothing.
 */
export async function deleteEndUser(scope: Scope, serverId: string, id: string): Promise<boolean> {
  if (!isId(id)) return false
  const { organizationId } = scope
  return inScope(scope, async (tx) => {
    const [deleted] = await tx
      .delete(endUser)
      .where(
        and(
          eq(endUser.organizationId, organizationId),
          eq(endUser.mcpServerId, serverId),
          eq(endUser.id, id),
        ),
      )
      .returning({ email: endUser.email })
    if (!deleted) return false
    await tx
      .delete(mailedCode)
      .where(
        and(
          eq(mailedCode.organizationId, organizationId),
          eq(mailedCode.mcpServerId, serverId),
          eq(mailedCode.email, deleted.email),
        ),
      )
    return true
  })
}
