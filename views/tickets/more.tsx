import type { TicketFilter } from '#src/tickets/filter.ts'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { blockPath, statusPath, unreadPath } from '#views/paths.ts'
import { isErasable } from './words.ts'

type MoreProps = { organization: string; ticket: TicketDetail; filter: TicketFilter }

/** What is done to a ticket now and then. */
export function More({ organization, ticket, filter }: MoreProps) {
  const { number, status, reporter, isBlocked, server } = ticket
  const isSpam = status === 'spam'
  return (
    <>
      <button class="button" type="button" popovertarget="more-menu" aria-label="More actions">
        <Icon name="more" />
      </button>
      <div class="menu" id="more-menu" popover>
        <form method="post" action={statusPath(organization, number, filter)}>
          <input type="hidden" name="was" value={status} />
          <button class="item" type="submit" name="status" value={isSpam ? 'open' : 'spam'}>
            {isSpam ? 'Not spam' : 'Mark as spam'}
          </button>
        </form>
        {isErasable(reporter) && (
          <form method="post" action={blockPath(organization, number, filter)}>
            <button class="item" type="submit" name="block" value={isBlocked ? 'off' : 'on'}>
              {isBlocked ? 'Unblock reporter' : `Block reporter at ${server.slug}`}
            </button>
          </form>
        )}
        <form method="post" action={unreadPath(organization, number, filter)}>
          <button class="item" type="submit">
            Mark as unread
          </button>
        </form>
      </div>
    </>
  )
}
