import type { CapturedCall, ContextLevel } from './contract.ts'
import { bound, cutStrings, cutText, jsonBytes, windowed } from './cut.ts'
import { limits } from './limits.ts'
import { type RedactHook, redactText, redactValue } from './redact.ts'

const callersMax = 500

/** The latest calls of each caller, and of nobody else. Bounded in callers, calls and age. */
export type History = {
  add(caller: string, call: CapturedCall): void
  of(caller: string): CapturedCall[]
  forget(caller: string): void
}

export function createHistory(): History {
  const callers = new Map<string, CapturedCall[]>()

  const of = (caller: string) => {
    const oldest = Date.now() - limits.callsAgeMsMax
    return (callers.get(caller) ?? []).filter((call) => Date.parse(call.at) >= oldest)
  }
  const add = (caller: string, call: CapturedCall) => {
    const calls = [...of(caller), call].slice(-limits.callsMax)
    callers.delete(caller)
    callers.set(caller, calls)
    const [leastRecent] = callers.keys()
    if (callers.size > callersMax && leastRecent !== undefined) callers.delete(leastRecent)
  }
  return { add, of, forget: (caller) => callers.delete(caller) }
}

/** The calls that go with a ticket, oldest first; copies, since a running one still changes. */
export function callsFor(
  level: Exclude<ContextLevel, 'off'>,
  calls: CapturedCall[],
): CapturedCall[] {
  const about = calls.findLast((call) => call.outcome === 'error') ?? calls.at(-1)
  const kept =
    level === 'recent'
      ? newestWithin(limits.contextBytesMax - limits.callBytesMax, calls)
      : [about].filter((call) => call !== undefined)
  return kept.map((call) => ({ ...call }))
}

function newestWithin(bytesMax: number, calls: CapturedCall[]) {
  const bytesFrom = (at: number) => calls.slice(at).reduce((sum, call) => sum + jsonBytes(call), 0)
  return calls.filter((_, at) => bytesFrom(at) <= bytesMax)
}

/** How a call failed: its text, whichever of MCP's two ways it took. */
export type Failure = { arguments: unknown; error: string }

/** Fills in a failed call, redacted and cut to what one call may take. */
export function describeFailure(call: CapturedCall, failure: Failure, hook?: RedactHook): void {
  const { arguments: given, error } = redactValue(
    bound({ arguments: failure.arguments, error: windowed(failure.error) }),
    hook,
  ) as Partial<Failure>
  const fits = [limits.stringBytesMax, 1024, 512, 256, 64]
    .map((bytesMax) => ({
      ...(given !== undefined && { arguments: cutStrings(given, bytesMax) }),
      ...(error !== undefined && { error: cutText(String(error), bytesMax) }),
    }))
    .find((kept) => jsonBytes({ ...call, ...kept }) <= limits.callBytesMax)
  Object.assign(
    call,
    fits ?? { arguments: '… cut: too large …', error: cutText(String(error), 1024) },
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
    .map((block: { text?: unknown } | null) => block?.text)
    .filter((text) => typeof text === 'string')
  if (texts.length > 0) return texts.join('\n')
  return result.structuredContent ? JSON.stringify(bound(result.structuredContent)) : ''
}

/** A name that came over the wire: a tool, a client, a version. */
export const plainName = (name: unknown) => cutText(redactText(windowed(String(name))), 200)
