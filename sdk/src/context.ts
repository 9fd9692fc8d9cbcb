import type { CapturedCall, ContextLevel } from './contract.ts'
import { bound, cutStrings, cutText, jsonBytes, windowed } from './cut.ts'
import { plainName } from './fit.ts'
import { limits } from './limits.ts'
import { createRedactor, redactValue } from './redact.ts'

const callersMax = 500

/** A call as it is remembered, as cheaply as can be: its name is cleaned when a ticket is raised. */
export type SeenCall = Omit<CapturedCall, 'at'> & { startedAt: number }

/** The latest calls of each caller, and of nobody else. Bounded in callers, calls and age. */
export type History = {
  /** How many callers are remembered. */
  readonly size: number
  add(caller: string, call: SeenCall): void
  of(caller: string): SeenCall[]
  forget(caller: string): void
}

export function createHistory(): History {
  const callers = new Map<string, SeenCall[]>()

  const isRecent = (call: SeenCall | undefined) =>
    call !== undefined && call.startedAt >= Date.now() - limits.callsAgeMsMax
  const of = (caller: string) => (callers.get(caller) ?? []).filter(isRecent)
  const add = (caller: string, call: SeenCall) => {
    const calls = [...of(caller), call].slice(-limits.callsMax)
    callers.delete(caller)
    callers.set(caller, calls)
    for (const [leastRecent, seen] of callers) {
      if (callers.size <= callersMax && isRecent(seen.at(-1))) break
      callers.delete(leastRecent)
    }
  }
  return {
    get size() {
      return callers.size
    },
    add,
    of,
    forget: (caller) => callers.delete(caller),
  }
}

/** The calls that go with a ticket, oldest first; copies, since a running one still changes. */
export function callsFor(level: Exclude<ContextLevel, 'off'>, seen: SeenCall[]): CapturedCall[] {
  const calls = seen.map(captured).filter((call) => call !== undefined)
  if (level === 'recent') return newestWithin(limits.contextBytesMax - limits.callBytesMax, calls)
  const about = calls.findLast((call) => call.outcome === 'error') ?? calls.at(-1)
  return about ? [about] : []
}

function captured({ tool, startedAt, ...call }: SeenCall): CapturedCall | undefined {
  const name = plainName(tool)
  return name === undefined
    ? undefined
    : { tool: name, at: new Date(startedAt).toISOString(), ...call }
}

function newestWithin(bytesMax: number, calls: CapturedCall[]) {
  const bytesFrom = (at: number) => calls.slice(at).reduce((sum, call) => sum + jsonBytes(call), 0)
  return calls.filter((_, at) => bytesFrom(at) <= bytesMax)
}

/** How a call failed: its text, whichever of MCP's two ways it took. */
export type Failure = { arguments: unknown; error: string }

/** Fills in a failed call, redacted and cut to what one call may take. */
export function describeFailure(
  call: SeenCall,
  failure: Failure,
  redactor = createRedactor(),
): void {
  const { arguments: given, error } = redactor.value({
    arguments: bound(failure.arguments),
    error: windowed(failure.error),
  }) as Partial<Failure>
  const known = captured(call)
  const fits = [limits.stringBytesMax, 1024, 512, 256, 64]
    .map((bytesMax) => ({
      ...(given !== undefined && { arguments: cutStrings(given, bytesMax) }),
      ...(error !== undefined && { error: cutText(String(error), bytesMax) }),
    }))
    .find((kept) => jsonBytes({ ...known, ...kept }) <= limits.callBytesMax)
  Object.assign(
    call,
    fits ?? { arguments: '… cut: too large …', error: cutText(String(error), 256) },
  )
}

/** Text of a result that says it is an error, or of a JSON-RPC error. */
export function errorText(message: { result?: unknown; error?: unknown }): string | undefined {
  const { result, error } = message as {
    result?: { isError?: unknown; content?: unknown; structuredContent?: unknown }
    error?: { code?: unknown; message?: unknown }
  }
  if (error) return `${error.code}: ${error.message}`
  if (result?.isError !== true) return undefined
  const texts = (Array.isArray(result.content) ? result.content : [])
    .slice(0, limits.keysMax)
    .map((block: { text?: unknown } | null) => block?.text)
    .filter((text) => typeof text === 'string')
  if (texts.length > 0) return texts.join('\n')
  return JSON.stringify(redactValue(bound(result.structuredContent))) ?? ''
}
