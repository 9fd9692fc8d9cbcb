import { and, count, eq, type SQL, sql } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { hasOthers, isMatch, type Narrowed, statusesOf } from './narrowing.ts'
import { type Bounds, type Cursor, directionOf, pageSize, type Read, readOf } from './paging.ts'
import { rowColumns } from './queries.ts'
import { searchTickets } from './searching.ts'
import type { Tally } from './tallying.ts'
import { statuses } from './ticket.ts'

/** The tickets of a filter with words: what the search finds, and of that what the rest leaves. */
export async function readFound(
  tx: Tx,
  scope: Scope,
  filter: Narrowed,
  cursor: Cursor,
  within: Bounds,
): Promise<Read> {
  const { organizationId } = scope
  const asked = statusesOf(filter.status)
  const query = { q: filter.q ?? '', statuses: asked, cursor }
  const wanted = hasOthers(filter) ? within.found : pageSize + 1
  const { numbers, searchedTo } = await searchTickets(tx, scope, query, wanted)
  const rows = await tx
    .select(rowColumns)
    .from(ticket)
    .leftJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(and(eq(ticket.organizationId, organizationId), isOneOf(numbers), isMatch(filter, asked)))
    .orderBy(directionOf(cursor)(ticket.number))
    .limit(pageSize + 1)
  return readOf(rows, searchedTo)
}

/** How many tickets with the words, by status, among the newest that the search finds. */
export async function countFound(
  tx: Tx,
  scope: Scope,
  filter: Narrowed,
  within: Bounds,
): Promise<Tally> {
  const query = { q: filter.q ?? '', statuses: [...statuses], cursor: null }
  const { numbers, searchedTo } = await searchTickets(tx, scope, query, within.found)
  const rows = await tx
    .select({ status: ticket.status, n: count() })
    .from(ticket)
    .where(
      and(
        eq(ticket.organizationId, scope.organizationId),
        isOneOf(numbers),
        isMatch(filter, [...statuses]),
      ),
    )
    .groupBy(ticket.status)
  return { rows, more: searchedTo !== null }
}

const isOneOf = (numbers: number[]): SQL =>
  sql`${ticket.number} = any(${`{${numbers.join()}}`}::int[])`
