import { inScope, type Scope } from '#src/db/scope.ts'
import { countTickets } from '#src/tickets/counting.ts'
import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import { listTickets, pageSize } from '#src/tickets/listing.ts'
import { narrow } from '#src/tickets/narrowing.ts'
import type { Place } from '#src/tickets/ticket.ts'

/** Where a ticket stands in a list, and what is beside it. The position is counted for a page. */
export const readPlace = (scope: Scope, filter: TicketFilter, number: number): Promise<Place> =>
  inScope(scope, async (tx) => {
    const { narrowed: list } = await narrow(tx, scope, refine(filter, {}))
    const [above, below, self, counts] = await Promise.all([
      listTickets(tx, scope, { ...list, after: number }),
      listTickets(tx, scope, { ...list, before: number }),
      listTickets(tx, scope, { ...list, before: number + 1 }),
      countTickets(tx, scope, list),
    ])
    const newer = above.rows.filter((row) => row.number > number)
    const isIn = self.rows[0]?.number === number
    const position = { n: newer.length + 1, more: newer.length >= pageSize && above.newer !== null }
    return {
      position: isIn ? position : null,
      total: counts[filter.status],
      newer: newer.at(-1)?.number ?? null,
      older: below.rows[0]?.number ?? null,
    }
  })
