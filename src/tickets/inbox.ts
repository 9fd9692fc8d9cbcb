import { inScope, type Scope } from '#src/db/scope.ts'
import { listServers } from '#src/organizations/queries.ts'
import { countTickets } from './counting.ts'
import type { TicketFilter } from './filter.ts'
import { listTickets } from './listing.ts'
import { narrow } from './narrowing.ts'
import { findNewest } from './news.ts'
import { findOffers } from './offering.ts'

/** What the list's page shows: what there is to choose from, a page, the tabs' counts, whose tickets. */
export async function readInbox(scope: Scope, filter: TicketFilter) {
  const servers = await listServers(scope)
  const shown = await inScope(scope, async (tx) => {
    // Before the list: what arrives between the two is in it, or will be news.
    const [before, { narrowed, reporter, cause }] = await Promise.all([
      findNewest(tx, scope),
      narrow(tx, scope, filter),
    ])
    const [page, counts, offers] = await Promise.all([
      listTickets(tx, scope, narrowed),
      countTickets(tx, scope, narrowed),
      findOffers(tx, scope),
    ])
    const newest = Math.max(before, page.rows[0]?.number ?? 0)
    return { page, counts, offers, newest, reporter, cause }
  })
  return { servers, ...shown }
}
