import type { Kind } from '#src/analytics/figures.ts'
import type { AnalyticsFilter, Range } from '#src/analytics/range.ts'
import { duration } from '#src/lib/time.ts'

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** "22 Nov" of `2026-11-22`. */
export function dayText(day: string): string {
  const [, month = '', date = ''] = day.split('-')
  return `${Number(date)} ${months[Number(month) - 1]}`
}

const dateText = (day: string) => `${dayText(day)} ${day.slice(0, 4)}`

/** "22 Nov", or "16–22 Nov", "30 Nov – 6 Dec" of a bar with several days. */
export function daysText({ since, until }: { since: string; until: string }): string {
  if (since === until) return dayText(since)
  return since.slice(0, 7) === until.slice(0, 7)
    ? `${Number(since.slice(8))}–${dayText(until)}`
    : `${dayText(since)} – ${dayText(until)}`
}

/** The range as its chip says it: "Last 30 days", "1 Nov 2026 – 9 Nov 2026". */
export function rangeText(filter: AnalyticsFilter, range: Range): string {
  if (!filter.since && !filter.until) return `Last ${range.days} days`
  if (range.since === range.until) return dateText(range.since)
  return `${dateText(range.since)} – ${dateText(range.until)}`
}

/** What figures are held against: "the 30 days before". */
export const beforeText = ({ days }: Range): string =>
  days === 1 ? 'the day before' : `the ${days} days before`

export const numberText = (n: number): string => n.toLocaleString('en-US')

/** A share in whole percent; undefined of nothing. */
export const percent = (part: number, whole: number): number | undefined =>
  whole > 0 ? Math.round((part / whole) * 100) : undefined

export const timeText = (ms: number | null): string => (ms === null ? '–' : duration(ms))

/** A card of each kind: its title, what a value is called, what having none means. */
export const kindWords: Record<
  Kind,
  { title: string; value: string; others: string; none: string }
> = {
  cause: { title: 'Cause', value: 'Cause', others: 'other causes', none: 'No failed call' },
  category: { title: 'Category', value: 'Category', others: 'other categories', none: '' },
  tool: { title: 'Failing tool', value: 'Tool', others: 'other tools', none: 'No tool had failed' },
  error: { title: 'Error', value: 'Error', others: 'other errors', none: 'No error' },
  client: { title: 'Client', value: 'Client', others: 'other clients', none: 'Client not known' },
  version: {
    title: 'Client version',
    value: 'Client and version',
    others: 'other versions',
    none: 'Client not known',
  },
}
