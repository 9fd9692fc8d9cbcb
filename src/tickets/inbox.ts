import { inScope, type Scope } from '#src/db/scope.ts'
import { nilId } from '#src/lib/ids.ts'
import { listServers } from '#src/organizations/queries.ts'
import { countTickets } from './counting.ts'
import type { TicketFilter } from './filter.ts'
import { listTickets } from './listing.ts'
import { personOf } from './person.ts'
import { findReporter } from './reporters.ts'

/** What the list's page shows: servers to choose from, a page, the tabs' counts, whose tickets. */
export async function readInbox(scope: Scope, filter: TicketFilter) {
  const servers = await listServers(scope)
  const chosen = servers.find(({ slug }) => slug === filter.server)
  const shown = await inScope(scope, async (tx) => {
    const reporter = filter.reporter ? await findReporter(tx, scope, filter.reporter) : null
    const person = reporter && personOf(reporter)
    const isOfNobody = (filter.server && !chosen) || (filter.reporter && !person)
    const narrowed = { serverId: isOfNobody ? nilId : chosen?.id, person }
    const [page, counts] = await Promise.all([
      listTickets(tx, scope, { ...filter, ...narrowed }),
      countTickets(tx, scope, narrowed),
    ])
    return { page, counts, reporter: person && reporter }
  })
  return { servers, ...shown }
}
