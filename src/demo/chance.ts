/** Chance that comes out the same every time: all numbers follow from the seed. */
export type Chance = ReturnType<typeof chanceOf>

/** Mulberry32, of 32 bits of state: even enough for inventing. */
export function chanceOf(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + next() * (high - low)
  const at = <T>(list: readonly T[], index: number): T => {
    if (list.length === 0) throw new RangeError('nothing to choose from')
    return list[Math.min(index, list.length - 1)] as T
  }
  return {
    /** Whether something happens that does with this probability. */
    happens: (probability: number): boolean => next() < probability,
    between,
    /** A whole number, both ends included. */
    whole: (low: number, high: number): number => Math.floor(between(low, high + 1)),
    pick: <T>(list: readonly T[]): T => at(list, Math.floor(next() * list.length)),
    /** One of a list, each as often as it weighs. */
    weighted<T>(list: readonly T[], weightOf: (item: T) => number): T {
      let left = next() * list.reduce((sum, item) => sum + weightOf(item), 0)
      for (const [index, item] of list.entries()) {
        left -= weightOf(item)
        if (left < 0) return at(list, index)
      }
      return at(list, list.length)
    },
    /** Mostly near the median, now and then many times it (log-normal). */
    around: (median: number, spread = 0.9): number =>
      median * Math.exp(spread * (next() + next() + next() + next() - 2) * Math.sqrt(3)),
  }
}
