import type { NamedCause } from '#src/tickets/causes.ts'
import { isNarrowed, refine, type TicketFilter, tabs } from '#src/tickets/filter.ts'
import type { TicketCounts, TicketPage } from '#src/tickets/ticket.ts'
import { inboxPath, newServerPath, serversPath } from '#views/paths.ts'
import { countText, tabNames } from './words.ts'

type EmptyProps = {
  organization: string
  filter: TicketFilter
  page: TicketPage
  counts: TicketCounts
  hasServer: boolean
  /** Whether the organization has a ticket at all, whatever the filter. */
  hasTicket: boolean
  /** The cause the filter asks for, where there is one. */
  cause?: NamedCause | null | undefined
  isOwner: boolean
}

/** Why the list is empty, and what to do about it. */
export function Empty(props: EmptyProps) {
  const { organization, filter, page, counts, hasServer, hasTicket, cause, isOwner } = props
  if (!hasServer)
    return (
      <div class="empty">
        <h2>{isOwner ? 'Add your first MCP server' : 'No server yet'}</h2>
        <p>Tickets arrive from MCP servers. Each has an address and a key of its own here.</p>
        {isOwner ? (
          <p>
            <a class="button main-action" href={newServerPath(organization)}>
              Add a server
            </a>
          </p>
        ) : (
          <p>An owner of the organization can add one.</p>
        )}
      </div>
    )
  const narrowed = isNarrowed(filter)
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
  const elsewhere = tabs.filter(
    (tab) => tab !== 'active' && tab !== filter.status && counts[tab].n > 0,
  )
  if (narrowed || filter.before || filter.after)
    return (
      <div class="empty">
        <h2>{narrowed ? 'No ticket matches' : 'No tickets on this page'}</h2>
        <p>{described(filter, cause)}</p>
        {narrowed && elsewhere.length > 0 && (
          <p>
            {elsewhere.map((tab) => (
              <a class="link" href={inboxPath(organization, refine(filter, { status: tab }))}>
                {countText(counts[tab])} {tabNames[tab].toLowerCase()}
              </a>
            ))}
          </p>
        )}
        <p>
          <a class="button" href={inboxPath(organization, { status: filter.status })}>
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
        <p>
          <a class="button" href={serversPath(organization)}>
            See your servers
          </a>
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

const nothing = {
  active: 'active',
  open: 'open',
  in_progress: 'in progress',
  closed: 'closed',
  spam: 'spam',
}

const hasMore = (filter: TicketFilter): boolean =>
  isNarrowed(refine(filter, { q: undefined, server: undefined, reporter: undefined }))

function described(filter: TicketFilter, cause: NamedCause | null | undefined) {
  const { status, server, reporter, q } = filter
  if (filter.cause && !cause) return `No cause has the number #${filter.cause}.`
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
      {reporter && ` by the reporter of #${reporter}`}
      {hasMore(filter) && ', and of the other filters above'}
    </>
  )
}
