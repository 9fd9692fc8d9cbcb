import { type KeptFailure, named, type SeenCall } from './call.ts'
import { bound, cutStrings, cutText, jsonBytes, windowed } from './cut.ts'
import { limits } from './limits.ts'
import { type Redactor, redactValue } from './redact.ts'

/** How a call failed: its text, whichever of MCP's two ways it took. */
export type Failure = { arguments: unknown; error: string }

type Described = ReturnType<KeptFailure['described']>

/**
 * Keeps a copy of bounded size, as text. Most failed calls are never in a ticket, so redacting one,
 * which takes far longer than copying it, waits until it is.
 */
export function keepFailure(
  call: SeenCall,
  { arguments: given, error }: Failure,
  redactor: Redactor,
): KeptFailure {
  let copy = JSON.stringify({ arguments: bound(given), error: windowed(error) })
  let described: Described | undefined
  return {
    get chars() {
      return copy.length
    },
    described() {
      described ??= fitting(named(call), redactor.value(JSON.parse(copy)) as Partial<Failure>)
      copy = ''
      return described
    },
  }
}

function fitting(beside: object | undefined, { arguments: given, error }: Partial<Failure>) {
  const fits = [limits.stringBytesMax, 1024, 512, 256, 64]
    .map(
      (bytesMax): Described => ({
        ...(given !== undefined && { arguments: cutStrings(given, bytesMax) }),
        ...(error !== undefined && { error: cutText(String(error), bytesMax) }),
      }),
    )
    .find((kept) => jsonBytes({ ...beside, ...kept }) <= limits.callBytesMax)
  return fits ?? { arguments: '… cut: too large …', error: cutText(String(error), 256) }
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
