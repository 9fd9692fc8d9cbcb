const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** When signing keys come and go. Longer than any cache of a verifier, and than a token's life. */
const schedule = {
  /** A key this old gets a successor. */
  renewedMs: 90 * dayMs,
  /** A new key is published this long before it signs. */
  aheadMs: hourMs,
  /** An old one stays published this long after its successor began to sign. */
  keptMs: dayMs,
  /** In the last hour of that it signs nothing. */
  restMs: hourMs,
}

/** Keys with a successor made before this moment are gone. */
export const goneBefore = (now: Date): Date =>
  new Date(now.getTime() - schedule.aheadMs - schedule.keptMs)

/** A key's place in the row of its server's keys. */
export type Turn = { generation: number; createdAt: Date }

const age = ({ createdAt }: Turn, now: Date) => now.getTime() - createdAt.getTime()

/** What is published at a moment: a key, until its successor has signed for a day. */
export const publishedOf = <T extends Turn>(turns: T[], now: Date): T[] =>
  turns.filter((turn) => !isReplaced(turns, turn, goneBefore(now)))

/** Of those that this desk can sign with the newest that everybody knows by now, or null. */
export function signerOf<T extends Turn>(turns: Turn[], mine: T[], now: Date): T | null {
  const resting = new Date(goneBefore(now).getTime() + schedule.restMs)
  const awake = mine.filter((turn) => !isReplaced(turns, turn, resting)).sort(byGeneration)
  return awake.findLast((turn) => age(turn, now) >= schedule.aheadMs) ?? awake[0] ?? null
}

/** Whether the newest key is old. */
export const isDue = (turns: Turn[], now: Date): boolean => {
  const newest = turns.toSorted(byGeneration).at(-1)
  return newest !== undefined && age(newest, now) >= schedule.renewedMs
}

const isReplaced = (turns: Turn[], { generation }: Turn, before: Date) =>
  turns.some((other) => other.generation > generation && other.createdAt < before)

const byGeneration = (a: Turn, b: Turn) => a.generation - b.generation
