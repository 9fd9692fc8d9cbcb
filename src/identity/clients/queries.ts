import { and, eq, getTableColumns } from 'drizzle-orm'
import { oauthClient } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import type { Issuer } from '../queries.ts'
import type { Client } from './client.ts'

const { organizationId: _, mcpServerId: __, ...ofClient } = getTableColumns(oauthClient)

/** What a row says of its client. */
export const columns = ofClient

/** Rows of one server's clients. */
export const ofIssuer = ({ scope, serverId }: Issuer) =>
  and(eq(oauthClient.organizationId, scope.organizationId), eq(oauthClient.mcpServerId, serverId))

/** A client as it is stored, also where its document has to be read again; or null. */
export async function storedClient(issuer: Issuer, id: string): Promise<Client | null> {
  const [found] = await inScope(issuer.scope, (tx) =>
    tx
      .select(columns)
      .from(oauthClient)
      .where(and(ofIssuer(issuer), eq(oauthClient.id, id))),
  )
  return found ?? null
}
