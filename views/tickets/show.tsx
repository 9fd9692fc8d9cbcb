import { hx } from '#src/lib/html/hx.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { ChangeDone, Place, TicketDetail } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { readPath } from '#views/paths.ts'
import { Actions, type ActionsProps } from './actions.tsx'
import { Changed } from './changed.tsx'
import { Copies } from './copies.tsx'
import { Details } from './details.tsx'
import { History } from './history.tsx'
import { Merging } from './merging.tsx'
import { NoteForm } from './note-form.tsx'
import { Occurrences } from './occurrences.tsx'
import { PlaceBar } from './place.tsx'
import { Timeline } from './timeline.tsx'
import { reporterName, titleOf } from './words.ts'

export type TicketShowProps = Pick<ActionsProps, 'conflict'> & {
  organization: { slug: string }
  ticket: TicketDetail
  /** Name between people, such as `DOCUAPI-1042`. */
  reference: string
  /** Of the list this ticket was opened from. */
  filter: TicketFilter
  place: Place
  /** The whole address of the page. */
  address: string
  /** Path to erase the reporter at, for those who may. */
  erasure?: string
  /** What was changed before this page, when it can be undone. */
  changed?: ChangeDone | null
  /** A note that could not be written, and why. */
  note?: { body: string; problem: string } | undefined
  /** What it could not be merged into, and why. */
  merge?: { into: string; problem: string } | undefined
  /** Whether a browser fetched the page ahead: only when it shows it, the ticket is read. */
  isAhead?: boolean
  now: Date
}

/** A ticket, inside the layout: what was said first, then what led to it. */
export function TicketShow(props: TicketShowProps) {
  const { organization, ticket, reference, filter, place, address, changed, note, now } = props
  const { context, number } = ticket
  const { slug } = organization
  const erased = ticket.events.findLast(({ action }) => action === 'reporter_erased')
  return (
    <>
      <PlaceBar organization={slug} filter={filter} place={place} address={address} />
      <div class="split">
        <article class="ticket" aria-labelledby="title">
          {changed && (
            <Changed organization={slug} changed={changed} filter={filter} ticket={number} />
          )}
          <header class="section">
            <h1 id="title" dir="auto">
              {titleOf(ticket)}
            </h1>
            <From {...props} />
            <Actions
              organization={organization}
              ticket={ticket}
              reference={reference}
              filter={filter}
              conflict={props.conflict}
            />
          </header>
          <section class="message" aria-label="Message" dir="auto">
            {ticket.description.trim() || <span class="faint">No description.</span>}
          </section>
          <Occurrences ticket={ticket} now={now} />
          <Timeline
            organization={slug}
            number={number}
            context={context}
            raisedAt={ticket.raisedAt}
            isErased={erased?.newValue === 'words'}
          />
          <Copies ticket={ticket} reference={reference} />
          <Merging organization={slug} ticket={ticket} filter={filter} {...props.merge} />
          <History events={ticket.events} notes={ticket.notes} now={now} />
          <NoteForm organization={slug} number={number} filter={filter} {...note} />
        </article>
        <Details {...props} erased={erased} />
      </div>
      {props.isAhead && (
        <div hidden {...hx({ post: readPath(slug, number), trigger: 'load', swap: 'none' })} />
      )}
    </>
  )
}

/** Who raised it, with which client, when. */
function From({ ticket, now }: TicketShowProps) {
  const { reporter, context, number } = ticket
  return (
    <p class="faint small">
      #{number} from{' '}
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
  )
}
