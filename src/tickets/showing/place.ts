import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { countTickets } from '#src/tickets/counting.ts'
import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import { listTickets, pageSize } from '#src/tickets/listing.ts'
import { type Narrowed, narrow } from '#src/tickets/narrowing.ts'
import type { Count, Place } from '#src/tickets/ticket.ts'
import { countNewer } from '#src/tickets/walking.ts'

/** A position is counted up to here: "1,000+ of 5,012". */
const positionMax = 1_000

/** Where a ticket stands in a list, and what is beside it. */
export const readPlace = (scope: Scope, filter: TicketFilter, number: number): Promise<Place> =>
  inScope(scope, async (tx) => {
    const { narrowed: list } = await narrow(tx, scope, refine(filter, {}))
    const [above, fromHere, counts] = await Promise.all([
      listTickets(tx, scope, { ...list, after: number }),
      listTickets(tx, scope, { ...list, before: number + 1 }),
      countTickets(tx, scope, list),
    ])
    const newer = above.rows.filter((row) => row.number > number)
    const [self, next] = fromHere.rows
    const isIn = self?.number === number
    return {
      position: isIn ? await positionOf(tx, scope, list, { number, newer: newer.length }) : null,
      total: counts[filter.status],
      newer: newer.at(-1)?.number ?? null,
      older: (isIn ? next : self)?.number ?? null,
    }
  })

/** Tickets on the page above are counted already; of a search no more are. */
async function positionOf(
  tx: Tx,
  scope: Scope,
  list: Narrowed,
  { number, newer }: { number: number; newer: number },
): Promise<Count> {
  if (newer < pageSize || list.q) return { n: newer + 1, more: newer >= pageSize }
  const { n, more } = await countNewer(tx, scope, list, number, positionMax)
  return more ? { n, more } : { n: n + 1, more }
}
