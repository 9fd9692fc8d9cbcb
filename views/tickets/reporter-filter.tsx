import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath } from '#views/paths.ts'
import { reporterName } from './words.ts'

type ReporterFilterProps = {
  organization: string
  filter: TicketFilter
  reporter: Reporter | null | undefined
}

/** Whose tickets the list is narrowed to, as a chip that takes it away. */
export function ReporterFilter({ organization, filter, reporter }: ReporterFilterProps) {
  if (!filter.reporter) return null
  return (
    <a class="chip set" href={inboxPath(organization, refine(filter, { reporter: undefined }))}>
      <span class="hidden">Stop showing only</span>
      <span class="clip">
        {reporter ? (
          <>
            By <bdi>{reporterName(reporter)}</bdi>
          </>
        ) : (
          `By the reporter of #${filter.reporter}`
        )}
      </span>
      <Icon name="cross" />
    </a>
  )
}
