import type { ChangeDone } from '#src/tickets/ticket.ts'
import { Changed } from './changed.tsx'
import { Results, type ResultsProps } from './results.tsx'
import { Search } from './search.tsx'

type TicketListProps = ResultsProps & {
  /** What was changed before this page, when it can be undone. */
  changed?: ChangeDone | null
  /** How many that change left as they were. */
  left?: number
}

/** The inbox, inside the layout. */
export function TicketList({ changed = null, left = 0, ...props }: TicketListProps) {
  const { organization, filter } = props
  return (
    <>
      <h1 class="hidden">Inbox</h1>
      <Search organization={organization.slug} filter={filter} />
      {(changed || left > 0) && (
        <Changed organization={organization.slug} changed={changed} left={left} filter={filter} />
      )}
      <div class="asked">
        <div id="bulk" />
      </div>
      <Results {...props} />
    </>
  )
}
