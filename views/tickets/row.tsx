import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { SharedCause } from '#src/tickets/others.ts'
import type { TicketRow } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath, ticketPath } from '#views/paths.ts'
import { Pick } from './bulk/bar.tsx'
import { StatusIcon } from './status-icon.tsx'
import { Trail } from './trail.tsx'
import {
  beginningOf,
  causeName,
  othersText,
  proofNames,
  proven,
  reporterNames,
  titleOf,
} from './words.ts'

type RowProps = {
  organization: string
  filter: TicketFilter
  ticket: TicketRow
  /** Its cause, and which other tickets have that. */
  shared?: SharedCause | undefined
  now: Date
}

/**
 * A line of the list. The whole line is one link, so that new tabs and middle clicks work; on top
 * of it, what it has in common with others leads to those.
 */
export function Row({ organization, filter, ticket, shared, now }: RowProps) {
  const { number, reporter, failedTool, failedError, category } = ticket
  const like = (change: Parameters<typeof refine>[1]) =>
    inboxPath(organization, refine(filter, change))
  const beginning = beginningOf(ticket)
  return (
    <li
      id={`ticket-${number}`}
      class={ticket.readAt ? undefined : 'fresh'}
      data-status={ticket.status}
    >
      <Pick number={number} title={ticket.title} />
      <StatusIcon status={ticket.status} named />
      <div class="about">
        <div class="headline">
          {ticket.priority === 'high' && (
            <span class="urgent">
              <Icon name="high" />
              <span class="hidden">High priority</span>
            </span>
          )}
          <a
            class="clip"
            dir="auto"
            href={ticketPath(organization, number, filter)}
            title={titleOf(ticket)}
          >
            {!ticket.readAt && <span class="hidden">Unread: </span>}
            {titleOf(ticket)}
          </a>
          {beginning && (
            <span class="beginning clip" dir="auto">
              {beginning}
            </span>
          )}
        </div>
        <div class="meta">
          <span>#{number}</span>
          {ticket.occurrences > 1 && (
            <span title={`Raised ${ticket.occurrences} times`}>×{ticket.occurrences}</span>
          )}
          {reporterNames(reporter).map((name) => (
            <span class="clip">
              <bdi>{name}</bdi>
            </span>
          ))}
          <span title={proven(reporter)}>{proofNames[reporter.proof]}</span>
          {ticket.answerVersion && (
            <span class="answered">
              <span class="tag">answered</span>
            </span>
          )}
          {category !== 'Other' && (
            <Like className="category" value={category} href={like({ category })} />
          )}
          {(failedTool || failedError) && (
            <span class="failure">
              {failedTool && <Like value={failedTool} href={like({ tool: failedTool })} />}
              {failedError && (
                <Like value={failedError} href={like({ error: failedError })} title={failedError} />
              )}
            </span>
          )}
        </div>
      </div>
      {shared ? (
        <Shared shared={shared} href={like({ cause: shared.number })} />
      ) : (
        <span class="cause" />
      )}
      <a class="like server" href={like({ server: ticket.serverSlug })}>
        <span class="tag clip">{ticket.serverSlug}</span>
      </a>
      <Trail trail={ticket.trail} />
      <Ago at={ticket.createdAt} now={now} />
    </li>
  )
}

/** What it shares with others, and with how many: leads to them. */
const Shared = ({ shared, href }: { shared: SharedCause; href: string }) => (
  <a class="like cause" href={href} title={causeName(shared)}>
    <bdi class="clip">{causeName(shared)}</bdi>
    {shared.others.since && <span class="clip">{othersText(shared.others)}</span>}
  </a>
)

type LikeProps = { value: string; href: string; className?: string; title?: string }

/** A value that filters by itself. */
const Like = ({ value, href, className, title }: LikeProps) => (
  <a class={['like clip', className]} href={href} title={title}>
    <bdi>{value}</bdi>
  </a>
)
