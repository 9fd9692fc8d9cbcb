import type { KeptFailure, SeenCall } from './call.ts'
import { limits } from './limits.ts'

const callersMax = 500
/** Of copies of failed calls that are not described yet. */
const copiesCharsMax = 8 * 1024 * 1024

/** The latest calls of each caller, and of nobody else. Bounded in callers, calls, size and age. */
export type History = {
  /** How many callers are remembered, and how much of calls that failed. */
  readonly size: { callers: number; chars: number }
  add(caller: string, call: SeenCall): void
  /** Makes room for what is kept of a call that failed, if the call itself is still kept. */
  failed(caller: string, call: SeenCall): void
  of(caller: string): SeenCall[]
  /** Counts a caller's copies no longer that went when they were described. */
  described(caller: string): void
  forget(caller: string): void
  /** Forgets all callers whose name begins so. */
  forgetAll(prefix: string): void
}

export function createHistory(): History {
  const callers = new Map<string, SeenCall[]>()
  const copies = new Map<SeenCall, number>()
  let chars = 0

  const isRecent = (call: SeenCall | undefined) =>
    call !== undefined && call.startedAt >= Date.now() - limits.callsAgeMsMax

  const release = (call: SeenCall) => {
    chars -= copies.get(call) ?? 0
    copies.delete(call)
  }
  const forget = (caller: string) => {
    for (const call of callers.get(caller) ?? []) release(call)
    callers.delete(caller)
  }
  const add = (caller: string, call: SeenCall) => {
    const calls = callers.get(caller) ?? []
    calls.push(call)
    while (calls.length > limits.callsMax || !isRecent(calls[0])) {
      const oldest = calls.shift()
      if (!oldest) break
      release(oldest)
    }
    callers.delete(caller)
    callers.set(caller, calls)
    for (const [leastRecent, seen] of callers) {
      if (callers.size <= callersMax && isRecent(seen.at(-1))) break
      forget(leastRecent)
    }
  }
  const failed = (caller: string, call: SeenCall) => {
    if (!callers.get(caller)?.includes(call)) return
    const size = call.failure?.chars ?? 0
    copies.set(call, size)
    chars += size
    for (const oldest of copies.keys()) {
      if (chars <= copiesCharsMax) break
      oldest.failure = notKept
      release(oldest)
    }
  }
  return {
    get size() {
      return { callers: callers.size, chars }
    },
    add,
    failed,
    of: (caller) => (callers.get(caller) ?? []).filter(isRecent),
    described: (caller) => {
      for (const call of callers.get(caller) ?? []) if (call.failure?.chars === 0) release(call)
    },
    forget,
    forgetAll: (prefix) => {
      for (const caller of callers.keys()) if (caller.startsWith(prefix)) forget(caller)
    },
  }
}

/** Redacting it instead would hold up the host's call that makes the room. */
const notKept: KeptFailure = {
  chars: 0,
  described: () => ({ error: '… not kept: too many failed calls …' }),
}
