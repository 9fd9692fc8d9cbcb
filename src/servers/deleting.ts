import { and, eq } from 'drizzle-orm'
import { mcpServer, mcpServerSlug } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { takeTime } from '#src/db/waits.ts'

type Deleted = { ok: true } | { ok: false; problem: string }

/** Deletes a server with its keys, its tickets and all that belongs to them. Its slug is free again. */
export async function deleteServer(
  scope: Scope,
  { id, name, slug }: { id: string; name: string; slug: string },
  typedName: string,
): Promise<Deleted> {
  if (typedName.trim().normalize() !== name.normalize())
    return { ok: false, problem: `Type the server’s name, ${name}, to delete it.` }
  const { organizationId } = scope
  await inScope(scope, async (tx) => {
    await takeTime(tx)
    await tx
      .delete(mcpServer)
      .where(and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, id)))
    await tx
      .delete(mcpServerSlug)
      .where(and(eq(mcpServerSlug.slug, slug), eq(mcpServerSlug.organizationId, organizationId)))
  })
  return { ok: true }
}
