import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { TicketPage } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath } from '#views/paths.ts'

type PagerProps = { organization: string; filter: TicketFilter; page: TicketPage }

/** Newer and older by cursor: a page stays the same page while tickets arrive. */
export function Pager({ organization, filter, page }: PagerProps) {
  const at = (cursor: Pick<TicketFilter, 'before' | 'after'>) =>
    inboxPath(organization, { ...refine(filter, {}), ...cursor })
  const { newer, older } = page
  // An empty page says it in its middle.
  const searchedTo = page.rows.length > 0 && !older && page.searchedTo
  if (!newer && !older && !searchedTo) return null
  return (
    <nav class="pager" aria-label="More tickets">
      {newer && (
        <a class="button" rel="prev" href={at({ after: newer })}>
          <Icon name="newer" />
          Newer
        </a>
      )}
      {older && (
        <a class="button" rel="next" href={at({ before: older })}>
          Older
          <Icon name="older" />
        </a>
      )}
      {searchedTo && (
        <span>
          Searched back to #{searchedTo}.{' '}
          <a class="link" href={at({ before: searchedTo })}>
            Keep looking
          </a>
        </span>
      )}
    </nav>
  )
}
