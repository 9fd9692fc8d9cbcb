import type { TicketFilter } from '#src/tickets/filter.ts'
import type { ChangeDone } from '#src/tickets/ticket.ts'
import { Undo } from '#views/parts/toast.tsx'
import { undoPath } from '#views/paths.ts'
import { changeText } from './words.ts'

type ChangedProps = {
  organization: string
  changed: ChangeDone
  filter: TicketFilter
  /** The ticket whose page it stands on. */
  ticket?: number
}

/** What was just changed, on the page that comes after it, with the way back. */
export function Changed({ organization, changed, filter, ticket }: ChangedProps) {
  return (
    <div class="actions note" role="status">
      <span>{changeText(changed)}</span>
      {!changed.isUndone && <Undo undo={undoPath(organization, changed.id, { ticket, filter })} />}
    </div>
  )
}
