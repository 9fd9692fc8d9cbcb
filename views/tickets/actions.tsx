import { hx } from '#src/lib/html/hx.ts'
import { mailHref } from '#src/lib/html/url.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { ticketPath } from '#views/paths.ts'
import { More } from './more.tsx'
import { StatusControl } from './status.tsx'
import { conflictText, titleOf } from './words.ts'

export type ActionsProps = {
  organization: { slug: string }
  ticket: TicketDetail
  reference: string
  filter: TicketFilter
  /** What somebody else set meanwhile, where a form came too late. */
  conflict?: 'status' | 'priority' | undefined
}

/** What is done to a ticket most. Reads itself again when tickets were changed elsewhere on the page. */
export function Actions({ organization, ticket, reference, filter, conflict }: ActionsProps) {
  const { slug } = organization
  const { email } = ticket.reporter
  return (
    <div
      id="actions"
      class="stack"
      {...hx({
        get: ticketPath(slug, ticket.number, filter),
        trigger: 'tickets-changed from:body',
        swap: 'none',
      })}
    >
      {conflict && (
        <p class="note made" role="alert">
          {conflictText(ticket, conflict)}
        </p>
      )}
      {ticket.status === 'spam' && (
        <p class="note">
          This ticket is in spam. Choose a status to take it out. Its reporter has not been told.
        </p>
      )}
      {ticket.mergedInto && (
        <p class="note">
          Merged into{' '}
          <a class="link tap" href={ticketPath(slug, ticket.mergedInto, filter)}>
            #{ticket.mergedInto}
          </a>
          , and closed with that. Choose a status to make it a ticket of its own again.
        </p>
      )}
      <div class="actions">
        <StatusControl organization={slug} ticket={ticket} filter={filter} />
        <div class="actions">
          {email && (
            <a class="button" href={mailHref(email, `[${reference}] ${titleOf(ticket)}`)}>
              <Icon name="mail" />
              Reply by e-mail
            </a>
          )}
          <More organization={slug} ticket={ticket} filter={filter} />
        </div>
      </div>
    </div>
  )
}
