import { and, eq } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { mcpServer } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { openAddress } from '#src/organizations/queries.ts'
import { serverAddress } from '#src/web/host.ts'

/** A server whose end-users the desk signs in: their issuer (OAuth 2.1). */
export type Issuer = {
  /** Its identifier, the server's canonical address. */
  url: string
  scope: Scope
  serverId: string
  /** Of the server, as its company calls it. */
  name: string
  /** The one resource that its tokens are for; any, where it is null. */
  audience: string | null
}

/** The issuer at a slug, or null: also of a server that is disabled or knows its users otherwise. */
export async function findIssuer(
  database: Database,
  slug: string,
  baseUrl: URL,
): Promise<Issuer | null> {
  const { scope, serverId } = await openAddress(database, slug)
  const [server] = await inScope(scope, (tx) =>
    tx
      .select({ name: mcpServer.name, audience: mcpServer.audience })
      .from(mcpServer)
      .where(
        and(
          eq(mcpServer.organizationId, scope.organizationId),
          eq(mcpServer.id, serverId),
          eq(mcpServer.enabled, true),
          eq(mcpServer.auth, 'platform'),
        ),
      ),
  )
  return server ? { url: serverAddress(slug, baseUrl), scope, serverId, ...server } : null
}
