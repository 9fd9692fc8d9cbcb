import type { Fault } from './log.ts'
import type { Entry } from './queue.ts'
import { later } from './timing.ts'

/**
 * Tries what waits, one ticket after another, each when it is due, with a rest of `restMs` after one
 * that did not get through. `start` does not wait for the rest to be over.
 */
export type Drain = { start(): void; schedule(): void }

export function createDrain(
  next: () => { entry: Entry; dueAt: number } | undefined,
  attempt: (entry: Entry) => Promise<{ ok: boolean }>,
  restMs: () => number,
  now: () => number,
  fault: Fault,
): Drain {
  let draining = false
  let restedAt = 0
  let unschedule = () => {}

  /** The timer before the next is what lets a process end while tickets wait. */
  const schedule = () => {
    unschedule()
    const due = next()
    if (!due || draining) return
    const rested = Math.min(restedAt, now() + restMs())
    unschedule = later(Math.max(due.dueAt, rested) - now(), start)
  }
  const drain = async () => {
    if (draining) return
    const due = next()
    // A timer may go off a little early.
    if (!due || due.dueAt > now()) return schedule()
    draining = true
    try {
      const { ok } = await attempt(due.entry)
      restedAt = ok ? 0 : now() + restMs()
    } finally {
      draining = false
      schedule()
    }
  }
  const start = () => void drain().catch(fault)
  return { start, schedule }
}
