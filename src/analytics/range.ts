import { addDays } from '#src/lib/day.ts'
import { filterOf, filterQuery, parseFilter, type TicketFilter } from '#src/tickets/filter.ts'

/** Days that end today. */
export const spans = [7, 30, 90, 365] as const
export type Span = (typeof spans)[number]
const usualSpan = 30
/** Of a range with ends of its own. */
export const rangeDaysMax = 366

type Narrowing = Pick<TicketFilter, 'server' | 'tool' | 'category' | 'priority' | 'client'>

/** What the figures are of, and the page's whole state: each part lives in the URL. */
export type AnalyticsFilter = Narrowing & {
  /** Not set where it is the usual one, or where the range has ends of its own. */
  days?: Span
  /** Whole days in the organization's time zone, both included: `2026-11-22`. */
  since?: string
  until?: string
}

/** Whole days, both included, and as many before them, which they are held against. */
export type Range = { since: string; until: string; days: number; before: string }

/** Reads a filter from a query string; what makes no sense is left out rather than refused. */
export function parseAnalytics(query: URLSearchParams): AnalyticsFilter {
  const { since, until, ...filter } = parseFilter(query)
  const ends = { ...(since && { since }), ...(until && { until }) }
  const span = spans.find((days) => String(days) === query.get('days') && days !== usualSpan)
  return { ...narrowingOf(filter), ...(since || until ? ends : span && { days: span }) }
}

/** The part of a filter that the inbox has too, besides the days. */
export const narrowingOf = (filter: Narrowing): Narrowing => {
  const { server, tool, category, priority, client } = filter
  const { status: _, ...narrowing } = filterOf({ server, tool, category, priority, client })
  return narrowing
}

/** The canonical query string: fixed order, no defaults, no empty parts. */
export function analyticsQuery(filter: AnalyticsFilter): string {
  const { days, since, until } = filter
  const query = new URLSearchParams(filterQuery(filterOf({ ...narrowingOf(filter), since, until })))
  if (days) query.set('days', String(days))
  return query.size > 0 ? `?${query}` : ''
}

/** The days that a filter means on a day: none after it, and no more than `rangeDaysMax`. */
export function rangeOf({ days = usualSpan, since, until }: AnalyticsFilter, today: string): Range {
  const last = until && until < today ? until : today
  const asked = since ?? addDays(last, 1 - days)
  // Dates as text sort as dates do: the middle one is within the bounds.
  const [, first = last] = [addDays(last, 1 - rangeDaysMax), asked, last].sort()
  const length = daysBetween(first, last) + 1
  return { since: first, until: last, days: length, before: addDays(first, -length) }
}

const dayMs = 86_400_000
const utcOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

export const daysBetween = (from: string, to: string): number =>
  Math.round((utcOf(to) - utcOf(from)) / dayMs)

/** The days of a range in at most `parts` stretches, oldest first, as even as they can be. */
export function stretches(
  { since, days }: Range,
  parts: number,
): { since: string; until: string }[] {
  const count = Math.min(parts, days)
  const start = (part: number) => addDays(since, Math.floor((part * days) / count))
  return Array.from({ length: count }, (_, part) => ({
    since: start(part),
    until: addDays(start(part + 1), -1),
  }))
}
