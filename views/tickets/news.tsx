import { hx } from '#src/lib/html/hx.ts'
import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { Count } from '#src/tickets/ticket.ts'
import { inboxPath, newsPath } from '#views/paths.ts'
import { countText } from './words.ts'

type NewsProps = { organization: string; filter: TicketFilter }

/** Where the first page says what has come since. The lines below stay where they are. */
export function News({ organization, filter, newest }: NewsProps & { newest: number }) {
  if (filter.before || filter.after) return null
  return (
    <div
      id="news"
      role="status"
      {...hx({
        get: newsPath(organization, { ...filter, after: newest }),
        trigger: 'every 30s',
        swap: 'innerMorph',
      })}
    />
  )
}

/** A link that loads them, or nothing. */
export function NewsLine({ organization, filter, news }: NewsProps & { news: Count }) {
  if (news.n === 0) return null
  return (
    <a class="button" href={inboxPath(organization, refine(filter, {}))}>
      {countText(news)} new {news.n === 1 ? 'ticket' : 'tickets'}
    </a>
  )
}
