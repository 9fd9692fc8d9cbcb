import { sweepIdentity } from '#src/identity/sweeping.ts'
import { sweepIntake } from '#src/intake/sweeping.ts'
import { traceOf } from '#src/lib/log.ts'
import { sweepStaff } from '#src/staff/sweeping.ts'
import type { Desk } from '#src/web/route.ts'

const everyMs = 3_600_000

/** Deletes what has expired, now and every hour. Several desks may do it at once. */
export function keepSwept({ database, log }: Desk): () => void {
  let stopped = false
  const sweep = () => {
    const now = new Date()
    Promise.all([
      sweepStaff(database, now),
      sweepIdentity(database, now),
      sweepIntake(database, now),
    ]).catch((error) => {
      if (!stopped) log('error', 'sweeping failed', { error: traceOf(error) })
    })
  }
  sweep()
  const timer = setInterval(sweep, everyMs)
  return () => {
    stopped = true
    clearInterval(timer)
  }
}
