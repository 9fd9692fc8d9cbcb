/** The value below which `share` of them lie, between two where it falls between them. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below + (above - below) * (at % 1)
}

export const median = (values: number[]): number => quantile(values, 0.5)

/** The middle and the quartiles around it. */
export type Spread = { median: number; low: number; high: number }

export const spread = (values: number[]): Spread => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
})

/** What each value adds to the one of the same round. */
export const added = (values: number[], to: number[]): number[] =>
  values.map((value, round) => value - (to[round] ?? Number.NaN))
