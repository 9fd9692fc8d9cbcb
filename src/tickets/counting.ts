import { and, count, desc, eq, ne, type SQL } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { type Narrowed, narrowing, walkMax } from './listing.ts'
import type { Count, TicketCounts } from './ticket.ts'

/** Closed tickets are counted up to here: "1,000+". */
const closedCountMax = 1_000

/**
 * How many tickets each tab holds. Open ones are counted exactly, along the index of tickets that
 * are not closed; closed ones, which only ever grow, up to a bound.
 */
export async function countTickets(
  tx: Tx,
  scope: Scope,
  narrowed: Pick<Narrowed, 'serverId' | 'person'> = {},
): Promise<TicketCounts> {
  const shown = and(eq(ticket.organizationId, scope.organizationId), narrowing(narrowed))
  if (narrowed.person) return countWalked(tx, shown)
  const live = tx
    .select({ status: ticket.status, n: count() })
    .from(ticket)
    .where(and(shown, ne(ticket.status, 'closed')))
    .groupBy(ticket.status)
  const walk = tx
    .$with('walk')
    .as(
      tx
        .select({ number: ticket.number, status: ticket.status })
        .from(ticket)
        .where(shown)
        .orderBy(desc(ticket.number))
        .limit(walkMax),
    )
  const hit = tx.$with('hit').as(
    tx
      .select({ number: walk.number })
      .from(walk)
      .where(eq(walk.status, 'closed'))
      .limit(closedCountMax + 1),
  )
  const [counts, [closed], [walked]] = await Promise.all([
    live,
    tx.with(walk, hit).select({ n: count() }).from(hit),
    tx.with(walk).select({ n: count() }).from(walk),
  ])
  const n = closed?.n ?? 0
  const more = n > closedCountMax || walked?.n === walkMax
  const of = (status: string) => counts.find((row) => row.status === status)?.n ?? 0
  return {
    active: exactly(of('open') + of('in_progress')),
    open: exactly(of('open')),
    in_progress: exactly(of('in_progress')),
    closed: { n: Math.min(n, closedCountMax), more },
  }
}

/** All that one bounded walk meets, where the walk is short for all but the busiest. */
async function countWalked(tx: Tx, shown: SQL | undefined): Promise<TicketCounts> {
  const walk = tx
    .$with('walk')
    .as(
      tx
        .select({ status: ticket.status })
        .from(ticket)
        .where(shown)
        .orderBy(desc(ticket.number))
        .limit(walkMax),
    )
  const rows = await tx
    .with(walk)
    .select({ status: walk.status, n: count() })
    .from(walk)
    .groupBy(walk.status)
  const more = rows.reduce((sum, { n }) => sum + n, 0) === walkMax
  const of = (status: string) => rows.find((row) => row.status === status)?.n ?? 0
  const closed = of('closed')
  return {
    active: { n: of('open') + of('in_progress'), more },
    open: { n: of('open'), more },
    in_progress: { n: of('in_progress'), more },
    closed: { n: Math.min(closed, closedCountMax), more: more || closed > closedCountMax },
  }
}

const exactly = (n: number): Count => ({ n, more: false })
