import { captured, type SeenCall } from './call.ts'
import type { CapturedCall, ContextLevel } from './contract.ts'
import { jsonBytes } from './cut.ts'
import { limits } from './limits.ts'

/**
 * The calls that go with a ticket, oldest first, as they are now: one that runs may still change.
 * Redacting a call takes milliseconds, so that between two of them the host's work goes on.
 */
export function callsFor(
  level: Exclude<ContextLevel, 'off'>,
  seen: SeenCall[],
): Promise<CapturedCall[]> {
  const newestFirst = seen.map((call) => ({ ...call })).reverse()
  return level === 'call'
    ? theOneAbout(newestFirst)
    : newestWithin(limits.contextBytesMax - limits.callBytesMax, newestFirst)
}

/** The last that failed, else the last. */
async function theOneAbout(newestFirst: SeenCall[]): Promise<CapturedCall[]> {
  const failedFirst = [...newestFirst.filter((call) => call.outcome === 'error'), ...newestFirst]
  for (const call of failedFirst) {
    const about = await described(call)
    if (about) return [about]
  }
  return []
}

async function newestWithin(bytesMax: number, newestFirst: SeenCall[]) {
  const calls: CapturedCall[] = []
  let bytes = 0
  for (const seen of newestFirst) {
    const call = await described(seen)
    if (!call) continue
    bytes += jsonBytes(call)
    if (bytes > bytesMax) break
    calls.unshift(call)
  }
  return calls
}

async function described(call: SeenCall): Promise<CapturedCall | undefined> {
  if (call.failure) await nextTurn()
  return captured(call)
}

/** A turn of the event loop, and not only of its promises; the same on every runtime. */
const nextTurn = () => new Promise<void>((resolve) => void setTimeout(resolve, 0))
