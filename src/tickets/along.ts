import { and, count, eq, gt, lt, type SQL, sql } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import {
  between,
  coveredColumns,
  isCovered,
  isLive,
  isOwn,
  isSpam,
  type Narrowed,
  statusesOf,
  walked,
} from './narrowing.ts'
import {
  type Bounds,
  type Cursor,
  directionOf,
  isUpward,
  pageSize,
  type Read,
  readOf,
} from './paging.ts'
import { rowColumns } from './queries.ts'

/**
 * The tickets of a filter without words: along the index of its rarest part by number, then what
 * that index covers, then the tickets themselves for the rest.
 */
export async function readAlong(
  tx: Tx,
  { organizationId }: Scope,
  filter: Narrowed,
  cursor: Cursor,
  within: Bounds,
): Promise<Read> {
  const direction = directionOf(cursor)
  const own = isOwn(filter)
  const walk = tx.$with('walk').as(
    tx
      .select(coveredColumns)
      .from(ticket)
      .where(
        and(
          eq(ticket.organizationId, organizationId),
          beyond(cursor),
          walked(filter) ?? few(filter),
          between(filter),
        ),
      )
      .orderBy(direction(ticket.number))
      .limit(within.walk),
  )
  const hit = tx.$with('hit').as(
    tx
      .select({ number: walk.number })
      .from(walk)
      .where(isCovered(filter, walk, statusesOf(filter.status)))
      .orderBy(direction(walk.number))
      .limit(own ? within.own : pageSize + 1),
  )
  const rows = await tx
    .with(walk, hit)
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
    .orderBy(direction(hit.number))
    .limit(pageSize + 1)
  if (rows.length > pageSize) return readOf(rows, null)

  const edge = isUpward(cursor) ? sql<number>`max(number)` : sql<number>`min(number)`
  const [met] = await tx.with(walk).select({ n: count(), edge }).from(walk)
  const [left] = own ? await tx.with(walk, hit).select({ n: count(), edge }).from(hit) : []
  const stopped = left?.n === within.own ? left : met?.n === within.walk ? met : null
  return readOf(rows, stopped?.edge ?? null)
}

function beyond(cursor: Cursor): SQL | undefined {
  if (!cursor) return undefined
  return 'newer' in cursor ? gt(ticket.number, cursor.newer) : lt(ticket.number, cursor.older)
}

/** Lets the walk use the small index of what is worked on, or of spam. */
function few({ status }: Narrowed): SQL | undefined {
  if (status === 'closed') return undefined
  return status === 'spam' ? isSpam : isLive
}
