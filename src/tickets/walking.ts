import { and, count, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { listTickets } from './listing.ts'
import {
  between,
  coveredColumns,
  isCovered,
  isLive,
  isOwn,
  type Narrowed,
  statusesOf,
  walked,
} from './narrowing.ts'
import { type Bounds, bounds } from './paging.ts'
import type { Count } from './ticket.ts'

/** Some tickets of a list, and the number to go on below; null at its end. */
export type Step = { numbers: number[]; before: number | null }

/**
 * The next tickets of a list below a number, newest first, for those who go through all of it. Each
 * step costs a bounded walk, as a page does; it may find none and still go on.
 */
export async function nextTickets(
  tx: Tx,
  scope: Scope,
  list: Narrowed,
  before: number | null,
  limit: number,
): Promise<Step> {
  if (list.q) return nextFound(tx, scope, list, before)
  const below = before === null ? undefined : lt(ticket.number, before)
  const hits = hitsOf(tx, scope, list, below, limit, bounds)
  const numbers = await numbersOf(tx, scope, hits, limit)
  if (numbers.length === limit) return { numbers, before: numbers.at(-1) ?? null }
  return { numbers, before: await stopOf(tx, hits, bounds) }
}

/** How many tickets of a list without words are newer than one; `more` where a bound ended it. */
export async function countNewer(
  tx: Tx,
  scope: Scope,
  list: Narrowed,
  number: number,
  limit: number,
  within: Bounds = bounds,
): Promise<Count> {
  const hits = hitsOf(tx, scope, list, gt(ticket.number, number), limit + 1, within)
  const n = (await numbersOf(tx, scope, hits, limit + 1)).length
  if (n > limit) return { n: limit, more: true }
  return { n, more: (await stopOf(tx, hits, within)) !== null }
}

type Hits = ReturnType<typeof hitsOf>

/** Along an index that covers the list, newest first. */
function hitsOf(
  tx: Tx,
  { organizationId }: Scope,
  list: Narrowed,
  edge: SQL | undefined,
  limit: number,
  within: Bounds,
) {
  const own = isOwn(list)
  const live = list.status === 'closed' || list.status === 'spam' ? undefined : isLive
  const walk = tx.$with('walk').as(
    tx
      .select(coveredColumns)
      .from(ticket)
      .where(
        and(eq(ticket.organizationId, organizationId), edge, walked(list) ?? live, between(list)),
      )
      .orderBy(desc(ticket.number))
      .limit(within.walk),
  )
  const hit = tx.$with('hit').as(
    tx
      .select({ number: walk.number })
      .from(walk)
      .where(isCovered(list, walk, statusesOf(list.status)))
      .orderBy(desc(walk.number))
      .limit(own ? within.own : limit),
  )
  return { walk, hit, own }
}

/** The number at which a bound ended the walk, or null where it got to the end. */
async function stopOf(tx: Tx, { walk, hit, own }: Hits, within: Bounds): Promise<number | null> {
  const edge = sql<number>`min(number)`
  const [met] = await tx.with(walk).select({ n: count(), edge }).from(walk)
  const [left] = own ? await tx.with(walk, hit).select({ n: count(), edge }).from(hit) : []
  const stopped = left?.n === within.own ? left : met?.n === within.walk ? met : null
  return stopped?.edge ?? null
}

async function numbersOf(
  tx: Tx,
  { organizationId }: Scope,
  { walk, hit, own }: Hits,
  limit: number,
): Promise<number[]> {
  const hits = tx.with(walk, hit).select({ number: hit.number }).from(hit)
  const rows = await (own
    ? hits
        .innerJoin(
          ticket,
          and(eq(ticket.organizationId, organizationId), eq(ticket.number, hit.number)),
        )
        .where(own)
    : hits
  )
    .orderBy(desc(hit.number))
    .limit(limit)
  return rows.map(({ number }) => number)
}

/** The same of a search, by its pages. */
async function nextFound(
  tx: Tx,
  scope: Scope,
  { after: _, ...list }: Narrowed,
  before: number | null,
): Promise<Step> {
  const page = await listTickets(tx, scope, { ...list, ...(before !== null && { before }) })
  return { numbers: page.rows.map(({ number }) => number), before: page.older ?? page.searchedTo }
}
