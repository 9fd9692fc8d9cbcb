import { inScope, type Scope } from '#src/db/scope.ts'
import { nilId } from '#src/lib/ids.ts'
import { listServers } from '#src/organizations/queries.ts'
import { countTickets } from './counting.ts'
import type { TicketFilter } from './filter.ts'
import { listTickets } from './listing.ts'
import { findTicket } from './queries.ts'

/** What the list's page shows: the servers to choose from, a page of tickets, the tabs' counts. */
export async function readInbox(scope: Scope, filter: TicketFilter) {
  const servers = await listServers(scope)
  const chosen = servers.find(({ slug }) => slug === filter.server)
  const serverId = filter.server ? (chosen?.id ?? nilId) : undefined
  const [page, counts] = await inScope(scope, (tx) =>
    Promise.all([
      listTickets(tx, scope, { ...filter, serverId }),
      countTickets(tx, scope, serverId),
    ]),
  )
  return { servers, page, counts }
}

/** What a ticket's page shows, or null: the organization has no such number. */
export const readTicket = (scope: Scope, number: number) =>
  inScope(scope, (tx) => findTicket(tx, scope, number))
