import { inScope, type Scope } from '#src/db/scope.ts'
import { listServers } from '#src/organizations/queries.ts'
import { countTickets } from './counting.ts'
import type { TicketFilter } from './filter.ts'
import { listTickets } from './listing.ts'
import { narrow } from './narrowing.ts'
import { findNewest } from './news.ts'
import { findOffers, findToday } from './offering.ts'
import { findOthers } from './others.ts'
import type { TicketPage } from './ticket.ts'

/**
 * What the list's page shows: what there is to choose from, a page, the tabs' counts, whose tickets.
 * A part of the page comes without `offers`: they are the newest tickets', whatever the filter.
 */
export async function readInbox(scope: Scope, filter: TicketFilter, isPart = false) {
  const servers = await listServers(scope)
  const shown = await inScope(scope, async (tx) => {
    // Before the list: what arrives between the two is in it, or will be news.
    const [before, { narrowed, reporter, cause }] = await Promise.all([
      findNewest(tx, scope),
      narrow(tx, scope, filter),
    ])
    const [page, counts, offers, today] = await Promise.all([
      listTickets(tx, scope, narrowed),
      countTickets(tx, scope, narrowed),
      isPart ? null : findOffers(tx, scope),
      findToday(tx, scope),
    ])
    const newest = Math.max(before, page.rows[0]?.number ?? 0)
    const shared = await findOthers(tx, scope, numbersOf(page))
    return { page, shared, counts, offers, today, newest, reporter, cause }
  })
  return { servers, ...shown }
}

/** Those with a cause. */
const numbersOf = ({ rows }: TicketPage) =>
  rows.flatMap(({ number, cause }) => (cause === null ? [] : [number]))
