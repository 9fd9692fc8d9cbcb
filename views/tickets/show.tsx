import { mailHref } from '#src/lib/html/url.ts'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Details } from './details.tsx'
import { History } from './history.tsx'
import { StatusControl } from './status.tsx'
import { Timeline } from './timeline.tsx'
import { reporterName, titleOf } from './words.ts'

export type TicketShowProps = {
  organization: { slug: string }
  ticket: TicketDetail
  /** Name between people, such as `DOCUAPI-1042`. */
  reference: string
  /** Path of the list this ticket was opened from, with its filter. */
  back: string
  /** Path to erase the reporter at, for those who may. */
  erasure?: string
  now: Date
}

/** A ticket, inside the layout: what was said first, then what led to it. */
export function TicketShow(props: TicketShowProps) {
  const { organization, ticket, reference, back, now } = props
  const { reporter, context } = ticket
  const erased = ticket.events.findLast(({ action }) => action === 'reporter_erased')
  const title = titleOf(ticket)
  return (
    <>
      <div class="bar">
        <a class="button bare" href={back} aria-keyshortcuts="u">
          <Icon name="back" />
          Inbox
        </a>
        <span class="grow" />
        <code class="faint">{reference}</code>
      </div>
      <div class="split">
        <article class="ticket" aria-labelledby="title">
          <header class="section">
            <h1 id="title" dir="auto">
              {title}
            </h1>
            <p class="faint small">
              #{ticket.number} from{' '}
              {reporter.proof === 'erased' ? (
                'an erased reporter'
              ) : (
                <>
                  <bdi class="soft">{reporterName(reporter)}</bdi>
                  {reporter.proof === 'email' && ' (unverified)'}
                </>
              )}
              {context?.client && (
                <>
                  {' '}
                  in <bdi>{context.client.name}</bdi>
                </>
              )}
              {' · '}
              <Ago at={ticket.createdAt} now={now} />
            </p>
            <div class="actions">
              <StatusControl organization={organization.slug} ticket={ticket} back={back} />
              {reporter.email && (
                <a class="button" href={mailHref(reporter.email, `[${reference}] ${title}`)}>
                  <Icon name="mail" />
                  Reply by e-mail
                </a>
              )}
            </div>
          </header>
          <section class="message" aria-label="Message" dir="auto">
            {ticket.description.trim() || <span class="faint">No description.</span>}
          </section>
          <Timeline
            context={context}
            raisedAt={ticket.raisedAt}
            isErased={erased?.newValue === 'words'}
          />
          <History events={ticket.events} now={now} />
        </article>
        <Details {...props} erased={erased} />
      </div>
    </>
  )
}
