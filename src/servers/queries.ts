import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { mcpServer, mcpServerSlug, serverKey } from '#src/db/schema.ts'
import { inScope, type Scope, scopeTo, type Tx, unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'

export type McpServer = typeof mcpServer.$inferSelect

/** A server whose key was right, and leave to work in its organization. */
export type AdmittedServer = { server: McpServer; scope: Scope; keyHash: Uint8Array }

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * The server at a slug, if it is enabled and the key is one of its active ones. An unknown slug
 * costs the same two queries, so that the time tells nothing.
 */
export async function serverByKey(
  database: Database,
  slug: string,
  key: string,
): Promise<AdmittedServer | null> {
  const [at] = await unscoped(database, 'server address', (db) =>
    db.select().from(mcpServerSlug).where(eq(mcpServerSlug.slug, slug)),
  )
  const scope = scopeTo(database, at?.organizationId ?? nobody)
  const { organizationId } = scope
  const mcpServerId = at?.mcpServerId ?? nobody
  const keyHash = sha256(key)
  const [row] = await inScope(scope, (tx) =>
    tx
      .select({ server: mcpServer })
      .from(serverKey)
      .innerJoin(
        mcpServer,
        and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, serverKey.mcpServerId)),
      )
      .where(
        and(
          eq(serverKey.organizationId, organizationId),
          eq(serverKey.mcpServerId, mcpServerId),
          eq(serverKey.keyHash, keyHash),
          isNull(serverKey.revokedAt),
          eq(mcpServer.enabled, true),
        ),
      ),
  )
  return row ? { server: row.server, scope, keyHash } : null
}

/** The organization's servers, by slug. */
export const listServers = (tx: Tx, { organizationId }: Scope) =>
  tx
    .select({
      id: mcpServer.id,
      slug: mcpServer.slug,
      name: mcpServer.name,
      enabled: mcpServer.enabled,
    })
    .from(mcpServer)
    .where(eq(mcpServer.organizationId, organizationId))
    .orderBy(asc(mcpServer.slug))
