import type { Range } from './range.ts'

/** How many values of a kind are named; the rest are counted together. */
export const namedMax = 10
/** Points of a small line that shows the course of a figure. */
export const trendPoints = 12

/** A number of the range, and of the days before it. */
export type Change = { n: number; before: number }

/** Tickets that arrived on a day, by their state now. */
export type DayFigures = {
  day: string
  open: number
  inProgress: number
  closed: number
  /** Those of them whose reporter gave no more than an e-mail address. */
  anonymous: number
}

/**
 * Tickets of one value, such as a tool; of a version `value` is the client's name, of a cause its
 * number.
 */
export type Named = Change & {
  value: string
  /** What a cause is called. */
  name?: string | undefined
  /** Of a cause: tickets in each stretch of the range. */
  trend?: number[] | undefined
  version?: string | null
  /** Those of `n` that are not closed. */
  active: number
}

/** Tickets by value, most first. `others` have another value, `none` has none. */
export type Ranking = {
  rows: Named[]
  others: Change & { values: number }
  none: Change
}

export const kinds = ['cause', 'error', 'tool', 'version', 'client', 'category'] as const
export type Kind = (typeof kinds)[number]

/** From arrival to closing, of tickets that arrived in the days and are closed; null without any. */
export type Closing = { tickets: number; medianMs: number | null; p90Ms: number | null }

/** How long nothing more may come from a reporter, for their answer to have helped. */
export const quietDays = 7

/** Receipts with an answer; those of them whose reporter came back are in `answered` alone. */
export type Avoided = {
  answered: Change
  /** No further ticket of the reporter came in the days after, nor the same one again. */
  avoided: Change
  /** None came so far, and those days are not over. */
  recent: Change
}

export type ServerFigures = Change & {
  slug: string
  name: string
  active: number
  /** Tickets in each stretch of the range. */
  trend: number[]
  closing: Closing
}

/** All figures of the page. Spam is in none of them. */
export type Analytics = {
  range: Range
  /** Oldest first, every day of the range. */
  days: DayFigures[]
  total: Change
  anonymous: Change
  closing: { now: Closing; before: Closing; trend: (number | null)[] }
  /** Null where they were too many to count in time. */
  avoided: Avoided | null
  /** Most tickets first; those beyond `namedMax` together. */
  servers: { rows: ServerFigures[]; others: Change & { values: number } }
  rankings: Record<Kind, Ranking>
}
