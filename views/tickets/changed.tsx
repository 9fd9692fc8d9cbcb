import type { TicketFilter } from '#src/tickets/filter.ts'
import type { ChangeDone } from '#src/tickets/ticket.ts'
import { Undo } from '#views/parts/toast.tsx'
import { undoPath } from '#views/paths.ts'
import { changeText, leftText } from './words.ts'

type ChangedProps = {
  organization: string
  changed: ChangeDone | null
  /** Of many, how many it left as they were. */
  left?: number
  filter: TicketFilter
  /** The ticket whose page it stands on. */
  ticket?: number
}

/** What was just changed, on the page that comes after it, with the way back. */
export function Changed({ organization, changed, left = 0, filter, ticket }: ChangedProps) {
  return (
    <div class="actions note" role="status">
      <span>
        {changed && changeText(changed)}
        {changed && left > 0 && '. '}
        {left > 0 && leftText(left, !changed)}
      </span>
      {changed && !changed.isUndone && (
        <Undo undo={undoPath(organization, changed.id, { ticket, filter })} />
      )}
    </div>
  )
}
