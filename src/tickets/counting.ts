import type { Scope, Tx } from '#src/db/scope.ts'
import { countFound } from './finding.ts'
import { isKeyed, isLive, isSpam, type Narrowed, walked } from './narrowing.ts'
import { type Bounds, bounds } from './paging.ts'
import { type Tally, tallyAlong, tallyDays, tallyUpTo } from './tallying.ts'
import { type Count, type Status, statuses, type TicketCounts } from './ticket.ts'

/** What is done with is counted up to here: "1,000+". */
const doneCountMax = 1_000

/**
 * How many tickets of the filter each tab holds, whatever its own status and page. Those that are
 * worked on are counted along the index of them; what is done with, and only ever grows, up to a
 * bound, as all is where that walk ends early.
 */
export async function countTickets(
  tx: Tx,
  scope: Scope,
  filter: Omit<Narrowed, 'status'> = {},
  within: Bounds = bounds,
): Promise<TicketCounts> {
  const narrowed: Narrowed = { ...filter, status: 'active' }
  const { q, days, unread } = narrowed
  if (q) return tabsOf(await countFound(tx, scope, narrowed, within))
  const along = walked(narrowed)
  if (isKeyed(narrowed) || (days && unread))
    return tabsOf(await tallyAlong(tx, scope, narrowed, [...statuses], along, within))
  if (days) return tabsOf(await tallyDays(tx, scope, narrowed, days, within))
  const [live, closed, spam] = await Promise.all([
    tallyAlong(tx, scope, narrowed, ['open', 'in_progress'], isLive, within),
    tallyUpTo(tx, scope, narrowed, 'closed', along, within, doneCountMax + 1),
    tallyAlong(tx, scope, narrowed, ['spam'], isSpam, within),
  ])
  return tabsOf(live, closed, spam)
}

function tabsOf(live: Tally, closed: Tally = live, spam: Tally = live): TicketCounts {
  const of = ({ rows, more }: Tally, ...wanted: Status[]): Count => {
    const counted = rows.filter(({ status }) => wanted.includes(status))
    return { n: counted.reduce((sum, { n }) => sum + n, 0), more }
  }
  return {
    active: of(live, 'open', 'in_progress'),
    open: of(live, 'open'),
    in_progress: of(live, 'in_progress'),
    closed: capped(of(closed, 'closed')),
    spam: capped(of(spam, 'spam')),
  }
}

const capped = ({ n, more }: Count): Count => ({
  n: Math.min(n, doneCountMax),
  more: more || n > doneCountMax,
})
