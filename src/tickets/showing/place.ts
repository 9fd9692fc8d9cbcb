import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { countTickets } from '#src/tickets/counting.ts'
import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import { listTickets } from '#src/tickets/listing.ts'
import { type Narrowed, narrow } from '#src/tickets/narrowing.ts'
import { type Bounds, bounds, pageSize } from '#src/tickets/paging.ts'
import type { Count, Place } from '#src/tickets/ticket.ts'
import { countNewer } from '#src/tickets/walking.ts'

/** A position is counted up to here: "1,000+ of 5,012". */
const positionMax = 1_000

/** Where a ticket stands in a list, and what is beside it. */
export const readPlace = (
  scope: Scope,
  filter: TicketFilter,
  number: number,
  within: Bounds = bounds,
): Promise<Place> =>
  inScope(scope, async (tx) => {
    const { narrowed: list } = await narrow(tx, scope, refine(filter, {}))
    const [above, fromHere, counts] = await Promise.all([
      listTickets(tx, scope, { ...list, after: number }, within),
      listTickets(tx, scope, { ...list, before: number + 1 }, within),
      countTickets(tx, scope, list, within),
    ])
    const newer = above.rows.filter((row) => row.number > number)
    const page: Count = { n: newer.length, more: above.newer !== null }
    const [self, next] = fromHere.rows
    const isIn = self?.number === number
    return {
      position: isIn ? await positionOf(tx, scope, list, { number, page, within }) : null,
      total: counts[filter.status],
      newer: newer.at(-1)?.number ?? null,
      older: (isIn ? next : self)?.number ?? null,
    }
  })

type Above = {
  number: number
  /** Newer tickets on the page above, and whether there may be others beyond it. */
  page: Count
  within: Bounds
}

/** Tickets on the page above are counted already; of a search no more are. */
async function positionOf(
  tx: Tx,
  scope: Scope,
  list: Narrowed,
  { number, page, within }: Above,
): Promise<Count> {
  const { n: near, more } = page
  if (!more || near < pageSize || list.q) return { n: near + 1, more }
  const all = await countNewer(tx, scope, list, number, positionMax, within)
  return all.more ? { n: Math.max(all.n, near + 1), more: true } : { n: all.n + 1, more: false }
}
