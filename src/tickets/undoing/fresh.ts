import { madeAtMs } from '#src/lib/ids.ts'

const undoWithinMs = 3_600_000
/** Clocks of two desks differ a little. */
const aheadMsMax = 60_000

/** Whether a change is of the last hour; its id tells when it was made. */
export function isFresh(changeId: string, now: number = Date.now()): boolean {
  const age = now - madeAtMs(changeId)
  return age >= -aheadMsMax && age < undoWithinMs
}
