import { inScope, type Scope } from '#src/db/scope.ts'
import { listServers } from '#src/servers/queries.ts'
import { countTickets } from './counting.ts'
import type { TicketFilter } from './filter.ts'
import { listTickets } from './listing.ts'
import { findTicket } from './queries.ts'

const noServer = '00000000-0000-0000-0000-000000000000'

/** What the list's page shows: the servers to choose from, a page of tickets, the tabs' counts. */
export const readInbox = (scope: Scope, filter: TicketFilter) =>
  inScope(scope, async (tx) => {
    const servers = await listServers(tx, scope)
    const chosen = servers.find(({ slug }) => slug === filter.server)
    const serverId = filter.server ? (chosen?.id ?? noServer) : undefined
    const [page, counts] = await Promise.all([
      listTickets(tx, scope, { ...filter, serverId }),
      countTickets(tx, scope, serverId),
    ])
    return { servers, page, counts }
  })

/** What a ticket's page shows; `ticket` is null when the organization has no such number. */
export const readTicket = (scope: Scope, number: number) =>
  inScope(scope, async (tx) => {
    const [servers, ticket] = await Promise.all([
      listServers(tx, scope),
      findTicket(tx, scope, number),
    ])
    return { servers, ticket }
  })
