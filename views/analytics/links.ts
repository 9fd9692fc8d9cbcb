import type { AnalyticsFilter, Range } from '#src/analytics/range.ts'
import { narrowingOf } from '#src/analytics/range.ts'
import { filterOf, type TicketFilter } from '#src/tickets/filter.ts'
import { inboxPath } from '#views/paths.ts'

/** Leads from a figure to its tickets: the inbox, narrowed as the page is and then by `more`. */
export type ToInbox = (more: Partial<TicketFilter>) => string

export const toInbox =
  (organization: string, filter: AnalyticsFilter, { since, until }: Range): ToInbox =>
  (more) =>
    inboxPath(organization, filterOf({ ...narrowingOf(filter), since, until, ...more }))

/** The inbox has no list of all states: those that are worked on, or the closed ones if none is. */
export const stateOf = ({ active }: { active: number }): TicketFilter['status'] =>
  active > 0 ? 'active' : 'closed'
