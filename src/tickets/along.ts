import { and, eq } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { Narrowed } from './narrowing.ts'
import { type Bounds, type Cursor, directionOf, pageSize, type Read, readOf } from './paging.ts'
import { rowColumns } from './queries.ts'
import { stopOf, walkFrom } from './walk.ts'

/** The tickets of a filter without words: what a walk hits, and of those what the rest leaves. */
export async function readAlong(
  tx: Tx,
  scope: Scope,
  filter: Narrowed,
  cursor: Cursor,
  within: Bounds,
): Promise<Read> {
  const { organizationId } = scope
  const walk = walkFrom(tx, scope, filter, { cursor, limit: pageSize + 1, within })
  const { hit, own } = walk
  const rows = await tx
    .select(rowColumns)
    .from(hit)
    .innerJoin(
      ticket,
      and(eq(ticket.organizationId, organizationId), eq(ticket.number, hit.number)),
    )
    .leftJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(own)
    .orderBy(directionOf(cursor)(hit.number))
    .limit(pageSize + 1)
  return readOf(rows, rows.length > pageSize ? null : await stopOf(tx, walk))
}
