import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Place } from '#src/tickets/ticket.ts'
import { Copied } from '#views/parts/copied.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath, ticketPath } from '#views/paths.ts'
import { countText, tabNames } from './words.ts'

type PlaceBarProps = {
  organization: string
  filter: TicketFilter
  /** Where the ticket stands in the list it was opened from. */
  place: Place
  /** The whole address of this page, to give to colleagues. */
  address: string
}

/** The way back, and to the tickets beside this one in the same list. */
export function PlaceBar({ organization, filter, place, address }: PlaceBarProps) {
  const { position, total, newer, older } = place
  const to = (number: number) => ticketPath(organization, number, filter)
  return (
    <div class="bar">
      <a class="button bare" href={inboxPath(organization, filter)} aria-keyshortcuts="u">
        <Icon name="back" />
        {tabNames[filter.status]} <span class="n">{countText(total)}</span>
      </a>
      <span class="grow" />
      <nav aria-label="This list">
        {position && (
          <span class="faint small">
            {countText(position)} of {countText(total)}
          </span>
        )}
        {newer && (
          <a class="button bare" rel="prev" href={to(newer)} aria-keyshortcuts="k">
            <Icon name="up" />
            <span class="hidden">Previous ticket, #{newer}</span>
          </a>
        )}
        {older && (
          <a class="button bare" rel="next" href={to(older)} aria-keyshortcuts="j">
            <Icon name="down" />
            <span class="hidden">Next ticket, #{older}</span>
          </a>
        )}
      </nav>
      <button class="button bare" type="button" popovertarget="link-menu" aria-label="Copy link">
        <Icon name="link" />
      </button>
      <div class="menu" id="link-menu" popover>
        <Copied id="link" label="Address of this ticket" value={address} />
      </div>
    </div>
  )
}
