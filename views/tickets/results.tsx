import { hx } from '#src/lib/html/hx.ts'
import type { NamedCause } from '#src/tickets/causes.ts'
import { isNarrowed, type TicketFilter } from '#src/tickets/filter.ts'
import type { Offers } from '#src/tickets/offering.ts'
import type { SharedCause } from '#src/tickets/others.ts'
import type { Reporter, TicketCounts, TicketPage } from '#src/tickets/ticket.ts'
import { isWordy, queryWordsMax } from '#src/tickets/wording.ts'
import { inboxPath } from '#views/paths.ts'
import { BulkBar } from './bulk/bar.tsx'
import { Chips } from './chips.tsx'
import { Empty } from './empty.tsx'
import { Exports } from './exports.tsx'
import { News } from './news.tsx'
import { Pager } from './pager.tsx'
import { Row } from './row.tsx'
import { Tabs } from './tabs.tsx'

export type ResultsProps = {
  organization: { slug: string; name: string }
  filter: TicketFilter
  page: TicketPage
  /** Of the page's tickets with a cause, by their numbers. */
  shared?: Map<number, SharedCause> | undefined
  counts: TicketCounts
  servers: { slug: string; name: string }[]
  /** What there is to filter by; null where a page has it already. */
  offers: Offers | null
  /** The date where the organization is. */
  today: string
  /** The organization's newest ticket. */
  newest: number
  /** Whose tickets the filter asks for, where that is known. */
  reporter?: Reporter | null
  /** The cause the filter asks for, where there is one. */
  cause?: NamedCause | null
  isOwner: boolean
  /** Before the list was read. */
  now: Date
}

/** Everything that follows the filter: in the page, and alone as the answer to a search. */
export function Results(props: ResultsProps) {
  const { organization, filter, page, counts, servers, offers, newest, isOwner, now } = props
  const slug = organization.slug
  const { rows } = page
  const hasServer = servers.length > 0
  const hasTicket = counts.active.n + counts.closed.n + counts.spam.n > 0
  return (
    <div
      class="results"
      id="results"
      {...hx({
        get: inboxPath(slug, filter),
        trigger: 'tickets-changed from:body',
        target: 'this',
        swap: 'outerMorph',
      })}
    >
      <Tabs organization={slug} filter={filter} counts={counts} />
      {(hasTicket || isNarrowed(filter)) && (
        <Chips
          organization={slug}
          filter={filter}
          servers={servers}
          offers={offers}
          today={props.today}
          reporter={props.reporter}
          cause={props.cause}
        />
      )}
      <News organization={slug} filter={filter} newest={newest} />
      {isWordy(filter.q ?? '') && (
        <p class="pager">Only the first {queryWordsMax} words are looked for.</p>
      )}
      <p class="hidden" role="status">
        {rows.length === 1 ? '1 ticket shown' : `${rows.length} tickets shown`}
      </p>
      {rows.length > 0 ? (
        <>
          <ol class="list" aria-label="Tickets">
            {rows.map((ticket) => (
              <Row
                organization={slug}
                filter={filter}
                ticket={ticket}
                shared={props.shared?.get(ticket.number)}
                now={now}
              />
            ))}
          </ol>
          <BulkBar organization={slug} filter={filter} total={counts[filter.status]} now={now} />
        </>
      ) : (
        <Empty
          organization={slug}
          filter={filter}
          page={page}
          counts={counts}
          hasServer={hasServer}
          hasTicket={hasTicket}
          cause={props.cause}
          isOwner={isOwner}
        />
      )}
      <Pager organization={slug} filter={filter} page={page} />
      {rows.length > 0 && <Exports organization={slug} filter={filter} />}
    </div>
  )
}
