import type { SeenCall } from '../call.ts'
import { keepFailure } from '../failure.ts'
import { createRedactor } from '../redact.ts'

/** What was given, and what a ticket would carry of it. */
export type Preview = { given: string; kept: string; isJson: boolean }

/** JSON is taken as the arguments of a call that failed, any other text as its error. */
export function preview(given: string, keys: readonly string[]): Preview {
  const json = parsed(given)
  const call: SeenCall = { tool: 'tool', startedAt: 0, durationMs: 0, outcome: 'error' }
  const failure = json
    ? { arguments: json.value, error: '' }
    : { arguments: undefined, error: given }
  const described = keepFailure(call, failure, createRedactor({ keys })).described()
  const kept = json ? JSON.stringify(described.arguments, null, 2) : described.error
  return { given, kept: kept ?? '', isJson: json !== undefined }
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch {
    return undefined
  }
}

const kinds: [one: string, many: string, mark: RegExp][] = [
  ['value', 'values', /\[redacted\]/g],
  ['private key', 'private keys', /\[redacted: private key\]/g],
  ['token', 'tokens', /\[redacted: token\]/g],
  ['key', 'keys', /\[redacted: key\]/g],
  ['card number', 'card numbers', /\[redacted: card number\]/g],
  ['binary by its size', 'binaries by their size', /\[(?:binary|[\w.+/-]+, \d+ bytes)\]/g],
  ['cut', 'cuts', /… (?:\d+ (?:characters|more) |more )?cut(?::[^…]*)? …/g],
]

/** One line: how much of each kind was replaced, in what is left. */
export function summary({ given, kept, isJson }: Preview): string {
  const count = (text: string, mark: RegExp) => text.match(mark)?.length ?? 0
  const replaced = kinds
    .map(([one, many, mark]) => ({ one, many, times: count(kept, mark) - count(given, mark) }))
    .filter(({ times }) => times > 0)
    .map(({ one, many, times }) => `${times} ${times === 1 ? one : many}`)
  const what = isJson ? 'JSON, taken as arguments' : 'No JSON, taken as the text of an error'
  return `${what}. Replaced: ${replaced.join(', ') || 'nothing'}.`
}
