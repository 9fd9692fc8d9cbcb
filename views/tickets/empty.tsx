import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { TicketPage } from '#src/tickets/ticket.ts'
import { inboxPath } from '#views/paths.ts'
import { tabNames } from './words.ts'

type EmptyProps = {
  organization: string
  filter: TicketFilter
  page: TicketPage
  hasServer: boolean
  /** Whether the organization has a ticket at all, whatever the filter. */
  hasTicket: boolean
}

/** Why the list is empty, and what to do about it. */
export function Empty({ organization, filter, page, hasServer, hasTicket }: EmptyProps) {
  if (!hasServer)
    return (
      <div class="empty">
        <h2>Add your first MCP server</h2>
        <p>Tickets arrive from servers. Where the desk runs, create one; it prints the key:</p>
        <pre>{createServer(organization)}</pre>
      </div>
    )
  const narrowed = filter.q || filter.server
  if (page.searchedTo)
    return (
      <div class="empty">
        <h2>Nothing yet</h2>
        <p>No match down to #{page.searchedTo}. Older tickets have not been searched.</p>
        <p>
          <a
            class="button"
            href={inboxPath(organization, { ...refine(filter, {}), before: page.searchedTo })}
          >
            Keep looking
          </a>
        </p>
      </div>
    )
  if (narrowed || filter.before || filter.after)
    return (
      <div class="empty">
        <h2>{narrowed ? 'No ticket matches' : 'No tickets on this page'}</h2>
        <p>{described(filter)}</p>
        <p>
          <a
            class="button"
            href={inboxPath(organization, refine(filter, { server: undefined, q: undefined }))}
          >
            {narrowed ? 'Clear filters' : 'First page'}
          </a>
        </p>
      </div>
    )
  if (!hasTicket)
    return (
      <div class="empty">
        <h2>No ticket yet</h2>
        <p>
          When someone asks for support in their AI client, the ticket shows up here. Try it:
          connect a client to your server and say “Contact support, this is a test.”
        </p>
      </div>
    )
  return (
    <div class="empty">
      <h2>{filter.status === 'active' ? 'All done' : `Nothing ${nothing[filter.status]}`}</h2>
      <p>
        {filter.status === 'active'
          ? 'Every ticket is closed.'
          : `No ticket is ${nothing[filter.status]} right now.`}
      </p>
    </div>
  )
}

const createServer = (organization: string) =>
  `mcp-obs server create --organization ${organization} \\\n  --slug docs --name "Docs" --auth none --support`

const nothing = { active: 'active', open: 'open', in_progress: 'in progress', closed: 'closed' }

function described({ status, server, q }: TicketFilter) {
  return (
    <>
      {tabNames[status]} tickets
      {q && (
        <>
          {' '}
          with “<bdi>{q}</bdi>”
        </>
      )}
      {server && (
        <>
          {' '}
          from <code>{server}</code>
        </>
      )}
    </>
  )
}
