import { and, count, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { type Days, isAbout, isWithin } from './days.ts'
import { between, coveredColumns, isCovered, isOwn, type Narrowed } from './narrowing.ts'
import type { Bounds } from './paging.ts'
import { type Status, statuses } from './ticket.ts'

/** How many tickets have a status; `more` where a bound ended the walk. */
export type Tally = { rows: { status: Status; n: number }[]; more: boolean }

/** Along an index by number: what it covers, and of that what is the tickets' own. */
export async function tallyAlong(
  tx: Tx,
  { organizationId }: Scope,
  narrowed: Narrowed,
  asked: Status[],
  along: SQL | undefined,
  within: Bounds,
): Promise<Tally> {
  const own = isOwn(narrowed)
  const walk = tx.$with('walk').as(
    tx
      .select(coveredColumns)
      .from(ticket)
      .where(and(eq(ticket.organizationId, organizationId), along, between(narrowed)))
      .orderBy(desc(ticket.number))
      .limit(within.walk),
  )
  const hit = tx.$with('hit').as(
    tx
      .select({ number: walk.number, status: walk.status })
      .from(walk)
      .where(isCovered(narrowed, walk, asked))
      .orderBy(desc(walk.number))
      .limit(own ? within.own : within.walk),
  )
  const all = tx
    .with(walk, hit)
    .select({ status: hit.status, n: count(), walked: sizeOf(walk), looked: sizeOf(hit) })
    .from(hit)
    .$dynamic()
  if (own)
    all
      .innerJoin(
        ticket,
        and(eq(ticket.organizationId, organizationId), eq(ticket.number, hit.number)),
      )
      .where(own)
  const rows = await all.groupBy(hit.status)
  // Of no rows, nothing tells how far it went.
  const [met] =
    rows.length > 0
      ? rows
      : await tx
          .with(walk, hit)
          .select({ walked: sizeOf(walk), looked: sizeOf(hit) })
          .from(sql`(values (1)) as one`)
  return {
    rows,
    more: met?.walked === within.walk || (own !== undefined && met?.looked === within.own),
  }
}

const sizeOf = (part: SQLWrapper) => sql<number>`(select count(*)::int from ${part})`

/** Along the index of times, which tells exactly which day it was. */
export async function tallyDays(
  tx: Tx,
  { organizationId }: Scope,
  narrowed: Narrowed,
  days: Days,
  within: Bounds,
): Promise<Tally> {
  const walk = tx.$with('walk').as(
    tx
      .select({ ...coveredColumns, createdAt: ticket.createdAt })
      .from(ticket)
      .where(and(eq(ticket.organizationId, organizationId), isAbout(days)))
      .orderBy(desc(ticket.createdAt))
      .limit(within.walk),
  )
  const rows = await tx
    .with(walk)
    .select({ status: walk.status, n: count(), walked: sizeOf(walk) })
    .from(walk)
    .where(and(isCovered(narrowed, walk, [...statuses]), isWithin(days, walk.createdAt)))
    .groupBy(walk.status)
  const [met] = rows.length > 0 ? rows : await tx.with(walk).select({ walked: count() }).from(walk)
  return { rows, more: met?.walked === within.walk }
}
