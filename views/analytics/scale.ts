import type { DayFigures } from '#src/analytics/figures.ts'
import { daysBetween } from '#src/analytics/range.ts'

/** What is drawn of a day. */
export type DrawnDay = Omit<DayFigures, 'anonymous'>

/** One bar: a day, or a week of them. */
export type Bar = Omit<DrawnDay, 'day'> & {
  since: string
  until: string
}

const weekDays = 7

/** A bar a day or, where those are more than there is room for, a week, the last one whole. */
export function barsOf(days: DrawnDay[], daysMax: number): Bar[] {
  const per = days.length > daysMax ? weekDays : 1
  const last = days.at(-1)?.day
  const bars = new Map<number, Bar>()
  for (const { day, open, inProgress, closed } of days) {
    const at = Math.floor(daysBetween(day, last ?? day) / per)
    const bar = bars.get(at)
    bars.set(at, {
      since: bar?.since ?? day,
      until: day,
      open: (bar?.open ?? 0) + open,
      inProgress: (bar?.inProgress ?? 0) + inProgress,
      closed: (bar?.closed ?? 0) + closed,
    })
  }
  return [...bars.values()]
}

export const isWeekly = (bars: Bar[]): boolean => bars.some(({ since, until }) => since !== until)

export const totalOf = ({ open, inProgress, closed }: Omit<Bar, 'since' | 'until'>): number =>
  open + inProgress + closed

/** Round numbers from 0 up, four steps at most: where gridlines are. */
export function ticksTo(most: number): number[] {
  const least = Math.max(1, most / 4)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least) ?? least
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step)
}
