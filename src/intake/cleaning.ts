import type { CapturedCall, ContextLevel, TicketContext } from '#sdk/contract.ts'
import { bound, cutStrings, cutText, jsonBytes, windowed } from '#sdk/cut.ts'
import { limits } from '#sdk/limits.ts'
import { redactText, redactValue } from '#sdk/redact.ts'
import { cut, storableJson } from '#src/lib/text.ts'
import type { ParsedContext, ParsedTicket } from './input.ts'

/**
 * The ticket as it may be stored: secrets taken out and everything cut to size again, because the
 * SDK that did it first runs on somebody else's machine.
 */
export function cleanTicket(input: ParsedTicket) {
  return {
    ...input,
    title: cut(redactText(input.title), limits.titleCharsMax),
    description: cut(redactText(input.description), limits.descriptionCharsMax),
    context: input.context && cleanContext(input.context),
  }
}

/** The part of the context that the server's staff chose to keep. */
export function contextAt(
  level: ContextLevel,
  context: TicketContext | undefined,
): TicketContext | undefined {
  if (level === 'off' || !context) return undefined
  if (level === 'recent') return context
  const about = failedCall(context) ?? context.calls.at(-1)
  return { ...context, calls: about ? [about] : [] }
}

/** The call a ticket is most likely about: the last one that failed. */
export const failedCall = (context: TicketContext | undefined): CapturedCall | undefined =>
  context?.calls.findLast(({ outcome }) => outcome === 'error')

function cleanContext({ calls, ...session }: ParsedContext): TicketContext {
  const kept: CapturedCall[] = []
  let bytes = jsonBytes(session)
  for (const call of calls.map(cleanCall).reverse()) {
    bytes += jsonBytes(call)
    if (bytes > limits.contextBytesMax) break
    kept.unshift(call)
  }
  return { ...session, calls: kept } as TicketContext
}

/** Arguments are kept for failed calls only; what is too large is left out and said to be. */
function cleanCall({ arguments: given, error, ...call }: ParsedContext['calls'][number]) {
  const failed = call.outcome === 'error'
  const cleaned = {
    ...call,
    ...(failed && given !== undefined && { arguments: cleanValue(given) }),
    ...(error !== undefined && {
      error: cutText(redactText(windowed(error)), limits.stringBytesMax),
    }),
  } as CapturedCall
  if (jsonBytes(cleaned) <= limits.callBytesMax) return cleaned
  return { ...cleaned, arguments: '… arguments cut: too large …' }
}

const cleanValue = (value: unknown) =>
  storableJson(cutStrings(redactValue(bound(value)), limits.stringBytesMax))
