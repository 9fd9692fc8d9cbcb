import { and, count, eq, gt, lt, type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
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
import { type Bounds, type Cursor, directionOf, isUpward } from './paging.ts'

type From = { cursor: Cursor; limit: number; within: Bounds }
export type Walk = ReturnType<typeof walkFrom>

/**
 * The numbers of a filter without words, from a cursor on: along the index of its rarest part, then
 * what that index covers. What is `own` only the tickets themselves can tell, of all `hit`.
 */
export function walkFrom(
  tx: Tx,
  { organizationId }: Scope,
  list: Narrowed,
  { cursor, limit, within }: From,
) {
  const direction = directionOf(cursor)
  const own = isOwn(list)
  const walk = tx
    .select(coveredColumns)
    .from(ticket)
    .where(
      and(
        eq(ticket.organizationId, organizationId),
        beyond(cursor),
        walked(list) ?? few(list),
        between(list),
      ),
    )
    .orderBy(direction(ticket.number))
    .limit(within.walk)
    .as('walk')
  const hit = tx
    .select({ number: walk.number })
    .from(walk)
    .where(isCovered(list, walk, statusesOf(list.status)))
    .orderBy(direction(walk.number))
    .limit(own ? within.own : limit)
    .as('hit')
  return { walk, hit, own, cursor, within }
}

/**
 * The number at which a bound ended a walk that found too few, or null where it got to the end. It
 * is a statement of its own: with it, each page would go all of the way.
 */
export async function stopOf(
  tx: Tx,
  { walk, hit, own, cursor, within }: Walk,
): Promise<number | null> {
  const edge = isUpward(cursor) ? sql<number>`max(number)` : sql<number>`min(number)`
  const end = (of: string) => ({ n: count().as(`${of}_n`), edge: edge.as(`${of}_edge`) })
  const met = tx.select(end('met')).from(walk).as('met')
  if (!own) {
    const [all] = await tx.select().from(met)
    return all?.n === within.walk ? all.edge : null
  }
  const hits = tx.select(end('hits')).from(hit).as('hits')
  const [ends] = await tx.select().from(met).crossJoin(hits)
  if (ends?.hits.n === within.own) return ends.hits.edge
  return ends?.met.n === within.walk ? ends.met.edge : null
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
