import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { readAlong } from './along.ts'
import type { TicketFilter } from './filter.ts'
import { readFound } from './finding.ts'
import { type Narrowed, narrow } from './narrowing.ts'
import { type Bounds, bounds, pageSize } from './paging.ts'
import type { TicketPage } from './ticket.ts'

/**
 * A page of tickets, newest first. Every page costs a bounded walk along an index that covers the
 * filter; where the bound ends a page early, `searchedTo` or the cursor says how far it got.
 */
export async function listTickets(
  tx: Tx,
  scope: Scope,
  filter: Narrowed,
  within: Bounds = bounds,
): Promise<TicketPage> {
  const read = filter.q ? readFound : readAlong
  if (filter.after) {
    const { rows, more, stoppedAt } = await read(tx, scope, filter, { newer: filter.after }, within)
    const filled = more || stoppedAt !== null || rows.length === pageSize
    if (filled)
      return {
        rows: rows.reverse(),
        newer: more ? (rows[0]?.number ?? null) : stoppedAt,
        older: rows.at(-1)?.number ?? filter.after + 1,
        searchedTo: null,
      }
  }
  const cursor = filter.before ? { older: filter.before } : null
  const { rows, more, stoppedAt } = await read(tx, scope, filter, cursor, within)
  return {
    rows,
    newer: filter.before ? (rows[0]?.number ?? filter.before - 1) : null,
    older: more ? (rows.at(-1)?.number ?? null) : null,
    searchedTo: stoppedAt,
  }
}

/** A page of a filter by itself, without what the list's page has beside it. */
export const readPage = (scope: Scope, filter: TicketFilter): Promise<TicketPage> =>
  inScope(scope, async (tx) => {
    const { narrowed } = await narrow(tx, scope, filter)
    return listTickets(tx, scope, narrowed)
  })
