import { and, eq } from 'drizzle-orm'
import { oauthClient } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import type { Client } from './client.ts'

/**
 * The client of an id, or null. One that is the address of a metadata document is read from there;
 * an `invalid_client` says why it can't be used.
 */
export async function findClient(_desk: Desk, issuer: Issuer, id: string): Promise<Client | null> {
  const { scope, serverId } = issuer
  const [found] = await inScope(scope, (tx) =>
    tx
      .select()
      .from(oauthClient)
      .where(
        and(
          eq(oauthClient.organizationId, scope.organizationId),
          eq(oauthClient.mcpServerId, serverId),
          eq(oauthClient.id, id),
        ),
      ),
  )
  return found ?? null
}
