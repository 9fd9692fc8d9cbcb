import type { TicketFilter } from '#src/tickets/filter.ts'
import type { TicketRow } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { ticketPath } from '#views/paths.ts'
import { StatusIcon } from './status-icon.tsx'
import { Trail } from './trail.tsx'
import { proofNames, proven, reporterNames, titleOf } from './words.ts'

type RowProps = { organization: string; filter: TicketFilter; ticket: TicketRow; now: Date }

/** A line of the list. The whole line is one link, so that new tabs and middle clicks work. */
export function Row({ organization, filter, ticket, now }: RowProps) {
  const { reporter } = ticket
  const failure = [ticket.failedTool, ticket.failedError].filter(Boolean).join(' · ')
  return (
    <li id={`ticket-${ticket.number}`} class={ticket.status === 'open' ? 'fresh' : undefined}>
      <StatusIcon status={ticket.status} named />
      <div class="about">
        <div class="headline">
          <a
            class="clip"
            dir="auto"
            href={ticketPath(organization, ticket.number, filter)}
            title={titleOf(ticket)}
          >
            {titleOf(ticket)}
          </a>
          {ticket.priority === 'high' && <span class="tag urgent">High</span>}
        </div>
        <div class="meta">
          <span>#{ticket.number}</span>
          {reporterNames(reporter).map((name) => (
            <span class="clip">
              <bdi>{name}</bdi>
            </span>
          ))}
          <span title={proven(reporter)}>{proofNames[reporter.proof]}</span>
          {ticket.category !== 'Other' && (
            <span class="category clip">
              <bdi>{ticket.category}</bdi>
            </span>
          )}
          {failure && (
            <span class="failure clip">
              <bdi>{failure}</bdi>
            </span>
          )}
        </div>
      </div>
      <span class="server">
        <span class="tag clip">{ticket.serverSlug}</span>
      </span>
      <Trail trail={ticket.trail} />
      <Ago at={ticket.createdAt} now={now} />
    </li>
  )
}
