import {
  and,
  count,
  desc,
  eq,
  type SQL,
  type SQLWrapper,
  sql,
  type WithSubquery,
} from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { type Days, isAbout, isWithin } from './days.ts'
import { between, coveredColumns, isCovered, isOwn, type Narrowed } from './narrowing.ts'
import type { Bounds } from './paging.ts'
import { type Status, statuses } from './ticket.ts'

/** How many tickets have a status; `more` where a bound ended the walk. */
export type Tally = { rows: { status: Status; n: number }[]; more: boolean }

/** Along an index by number: what it covers and, of fewer, what only the tickets can tell. */
function walkAlong(
  tx: Tx,
  { organizationId }: Scope,
  narrowed: Narrowed,
  along: SQL | undefined,
  within: Bounds,
) {
  const own = isOwn(narrowed)
  const limit = own ? within.own : within.walk
  const walk = tx.$with('walk').as(
    tx
      .select({ ...coveredColumns, isOwn: sql<boolean>`${own ?? sql`true`}`.as('is_own') })
      .from(ticket)
      .where(and(eq(ticket.organizationId, organizationId), along, between(narrowed)))
      .orderBy(desc(ticket.number))
      .limit(limit),
  )
  return { walk, limit }
}

/** All that one walk meets. */
export async function tallyAlong(
  tx: Tx,
  scope: Scope,
  narrowed: Narrowed,
  asked: Status[],
  along: SQL | undefined,
  within: Bounds,
): Promise<Tally> {
  const { walk, limit } = walkAlong(tx, scope, narrowed, along, within)
  const rows = await tx
    .with(walk)
    .select({ status: walk.status, n: count(), walked: sizeOf(walk) })
    .from(walk)
    .where(and(isCovered(narrowed, walk, asked), walk.isOwn))
    .groupBy(walk.status)
  return { rows, more: (rows[0]?.walked ?? (await lengthOf(tx, walk))) === limit }
}

/** Of one status, up to `enough`: the walk ends there. */
export async function tallyUpTo(
  tx: Tx,
  scope: Scope,
  narrowed: Narrowed,
  status: Status,
  along: SQL | undefined,
  within: Bounds,
  enough: number,
): Promise<Tally> {
  const { walk, limit } = walkAlong(tx, scope, narrowed, along, within)
  const hit = tx.$with('hit').as(
    tx
      .select({ number: walk.number })
      .from(walk)
      .where(and(isCovered(narrowed, walk, [status]), walk.isOwn))
      .limit(enough),
  )
  const [met] = await tx.with(walk, hit).select({ n: count() }).from(hit)
  const n = met?.n ?? 0
  return { rows: [{ status, n }], more: n === enough || (await lengthOf(tx, walk)) === limit }
}

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
  return { rows, more: (rows[0]?.walked ?? (await lengthOf(tx, walk))) === within.walk }
}

const sizeOf = (part: SQLWrapper) => sql<number>`(select count(*)::int from ${part})`

/** How far a walk goes, where no row of it tells. */
async function lengthOf(tx: Tx, walk: WithSubquery): Promise<number> {
  const [met] = await tx.with(walk).select({ n: count() }).from(walk)
  return met?.n ?? 0
}
