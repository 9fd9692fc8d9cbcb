import { timerMs } from './timing.ts'

/** Those who wait until no ticket does. */
export type Flushes = {
  readonly waiting: boolean
  /** Resolves at `end`, or calls `late` and resolves after `withinMs`. */
  wait(withinMs: number, late: () => void): Promise<void>
  end(): void
}

export function createFlushes(): Flushes {
  const flushes = new Set<() => void>()
  const wait: Flushes['wait'] = (withinMs, late) =>
    new Promise((resolve) => {
      // Unlike the timers of retries, this one keeps the process alive: it is being waited for.
      const deadline = setTimeout(() => {
        late()
        done()
      }, timerMs(withinMs))
      const done = () => {
        clearTimeout(deadline)
        flushes.delete(done)
        resolve()
      }
      flushes.add(done)
    })
  return {
    get waiting() {
      return flushes.size > 0
    },
    wait,
    end: () => {
      for (const done of flushes) done()
    },
  }
}
