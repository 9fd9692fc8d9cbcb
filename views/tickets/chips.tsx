import type { NamedCause } from '#src/tickets/causes.ts'
import { type FilterPart, refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { Offers } from '#src/tickets/offering.ts'
import { priorities, type Reporter } from '#src/tickets/ticket.ts'
import { inboxPath } from '#views/paths.ts'
import { ChipLink, ChipMenu, SetChip } from './chip.tsx'
import { DateMenu, daysText } from './days.tsx'
import { Offered } from './offered.tsx'
import { causeName, priorityNames, reporterName } from './words.ts'

type ChipsProps = {
  organization: string
  filter: TicketFilter
  servers: { slug: string; name: string }[]
  offers: Offers | null
  /** The date where the organization is: `2026-11-22`. */
  today: string
  /** Whose tickets the filter asks for, where that is known. */
  reporter?: Reporter | null | undefined
  /** The cause the filter asks for, where there is one. */
  cause?: NamedCause | null | undefined
}

/** What the list is narrowed to, each part with a way to take it away; then what may be added. */
export function Chips(props: ChipsProps) {
  const { organization, filter, servers, offers, today, reporter, cause } = props
  const { server, tool, error, client, category, priority, since, until, unread } = filter
  const without = (...parts: FilterPart[]) =>
    inboxPath(
      organization,
      refine(filter, Object.fromEntries(parts.map((part) => [part, undefined]))),
    )
  return (
    <div class="chips">
      {filter.reporter && (
        <SetChip href={without('reporter')}>
          {reporter ? (
            <>
              By <bdi>{reporterName(reporter)}</bdi>
            </>
          ) : (
            `By the reporter of #${filter.reporter}`
          )}
        </SetChip>
      )}
      {server && <SetChip href={without('server')}>{server}</SetChip>}
      {tool && <SetChip href={without('tool')}>{tool}</SetChip>}
      {error && <SetChip href={without('error')}>{error}</SetChip>}
      {filter.cause && (
        <SetChip href={without('cause')}>
          {cause ? causeName(cause) : `Cause #${filter.cause}, which is not there`}
        </SetChip>
      )}
      {client && <SetChip href={without('client')}>{client}</SetChip>}
      {category && <SetChip href={without('category')}>{category}</SetChip>}
      {priority && (
        <SetChip href={without('priority')}>{`${priorityNames[priority]} priority`}</SetChip>
      )}
      {(since || until) && (
        <SetChip href={without('since', 'until')}>{daysText(filter, today)}</SetChip>
      )}
      {unread && <SetChip href={without('unread')}>Unread</SetChip>}
      {!server && servers.length > 1 && (
        <ChipMenu
          id="server-menu"
          name="Server"
          choices={servers.map(({ slug, name }) => ({
            href: inboxPath(organization, refine(filter, { server: slug })),
            name: slug,
            note: name,
          }))}
        />
      )}
      <Offered organization={organization} filter={filter} offers={offers} />
      {!priority && (
        <ChipMenu
          id="priority-menu"
          name="Priority"
          choices={priorities.toReversed().map((value) => ({
            href: inboxPath(organization, refine(filter, { priority: value })),
            name: priorityNames[value],
          }))}
        />
      )}
      {!since && !until && <DateMenu organization={organization} filter={filter} today={today} />}
      {!unread && (
        <ChipLink name="Unread" href={inboxPath(organization, refine(filter, { unread: true }))} />
      )}
    </div>
  )
}
