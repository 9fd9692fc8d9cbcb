import type { Fault } from './log.ts'
import type { Entry } from './queue.ts'
import { later } from './timing.ts'

/** Tries what waits, one ticket after another, each when it is due. */
export type Drain = { start(): void; schedule(): void }

export function createDrain(
  next: () => { entry: Entry; dueAt: number } | undefined,
  attempt: (entry: Entry) => Promise<unknown>,
  now: () => number,
  fault: Fault,
): Drain {
  let draining = false
  let unschedule = () => {}

  /** The timer before the next is what lets a process end while tickets wait. */
  const schedule = () => {
    unschedule()
    const due = next()
    if (due && !draining) unschedule = later(due.dueAt - now(), start)
  }
  const drain = async () => {
    if (draining) return
    const due = next()
    // A timer may go off a little early.
    if (!due || due.dueAt > now()) return schedule()
    draining = true
    try {
      await attempt(due.entry)
    } finally {
      draining = false
      schedule()
    }
  }
  const start = () => void drain().catch(fault)
  return { start, schedule }
}
