import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import { exportPath } from '#views/paths.ts'

type ExportsProps = { organization: string; filter: TicketFilter }

/** All of the list as a file. */
export function Exports({ organization, filter }: ExportsProps) {
  const to = (kind: 'csv' | 'jsonl') => exportPath(organization, kind, refine(filter, {}))
  return (
    <p class="pager">
      All of this list as{' '}
      <a class="link tap" href={to('csv')}>
        CSV
      </a>
      or
      <a class="link tap" href={to('jsonl')}>
        JSON lines
      </a>
    </p>
  )
}
