import { captured, type SeenCall } from './call.ts'
import type { CapturedCall, ContextLevel } from './contract.ts'
import { jsonBytes } from './cut.ts'
import { limits } from './limits.ts'

/** The calls that go with a ticket, oldest first; copies, since a running one still changes. */
export function callsFor(level: Exclude<ContextLevel, 'off'>, seen: SeenCall[]): CapturedCall[] {
  if (level === 'call') return theOneAbout(seen)
  const calls = seen.map(captured).filter((call) => call !== undefined)
  return newestWithin(limits.contextBytesMax - limits.callBytesMax, calls)
}

/** The last that failed, else the last. */
function theOneAbout(seen: SeenCall[]): CapturedCall[] {
  const newestFirst = seen.toReversed()
  const failedFirst = [...newestFirst.filter((call) => call.outcome === 'error'), ...newestFirst]
  for (const call of failedFirst) {
    const about = captured(call)
    if (about) return [about]
  }
  return []
}

function newestWithin(bytesMax: number, calls: CapturedCall[]) {
  const bytesFrom = (at: number) => calls.slice(at).reduce((sum, call) => sum + jsonBytes(call), 0)
  return calls.filter((_, at) => bytesFrom(at) <= bytesMax)
}
