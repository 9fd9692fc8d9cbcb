import { refine, type TicketFilter, tabs } from '#src/tickets/filter.ts'
import type { TicketCounts } from '#src/tickets/ticket.ts'
import { inboxPath } from '#views/paths.ts'
import { StatusIcon } from './status-icon.tsx'
import { countText, tabNames } from './words.ts'

type TabsProps = { organization: string; filter: TicketFilter; counts: TicketCounts }

/** The states, with what the filter leaves of each. Spam shows where there is any. */
export function Tabs({ organization, filter, counts }: TabsProps) {
  return (
    <nav class="tabs" aria-label="Status">
      {tabs
        .filter((tab) => tab !== 'spam' || tab === filter.status || counts.spam.n > 0)
        .map((tab) => (
          <a
            href={inboxPath(organization, refine(filter, { status: tab }))}
            aria-current={tab === filter.status ? 'page' : undefined}
          >
            {tab !== 'active' && <StatusIcon status={tab} />}
            {tabNames[tab]} <span class="n">{countText(counts[tab])}</span>
          </a>
        ))}
    </nav>
  )
}
