import type { Problem } from './client.ts'

/** A result of one of our tools: what a model reads, and the same as data. */
export const answered = (text: string, structuredContent: object) => ({
  content: [{ type: 'text', text }],
  structuredContent,
})

/** An error result carries no structured content, so it need not fit the output schema. */
export const failed = (text: string) => ({ content: [{ type: 'text', text }], isError: true })

export type ToolResult = ReturnType<typeof answered> | ReturnType<typeof failed>

/** When to try again, after what the desk has asked for. */
export function when({ retryAfterMs }: Problem): string {
  if (retryAfterMs === undefined) return 'later'
  const minutes = Math.ceil(retryAfterMs / 60_000)
  return minutes > 1 ? `in about ${minutes} minutes` : 'within a minute or so'
}

/** What did not come about, as a sentence begins: one for each tool. */
export const noneOpened = 'No ticket was opened'
export const noneLookedUp = 'No ticket was looked up'
type Nothing = typeof noneOpened | typeof noneLookedUp

export const switchedOff = (nothing: Nothing) =>
  failed(
    `${nothing === noneOpened ? 'Support' : 'Looking up tickets'} is switched off for this server. ${nothing}.`,
  )

export const signInAgain = (nothing: Nothing, toolName: string) =>
  failed(
    `${nothing}, because the support desk does not know who is asking. Ask the user to sign in to this server again, then call ${toolName} once more.`,
  )

export const unavailable = (nothing: Nothing) =>
  failed(
    `Support cannot be reached right now, and ${nothing.replace('N', 'n')}. Try again in a few minutes.`,
  )

/** Why the desk did not do what it was asked. What it takes later is not refused, but a ticket's. */
export function refused(problem: Problem, nothing: Nothing, toolName: string) {
  const { code, message, retry } = problem
  if (code === 'support_disabled') return switchedOff(nothing)
  if (code === 'identity_required' || code === 'identity_invalid')
    return signInAgain(nothing, toolName)
  if (code === 'input_invalid') return failed(`${nothing}: ${message}`)
  if (code === 'too_many')
    return failed(`${nothing}: it was asked for too often. Try again ${when(problem)}.`)
  if (retry) return unavailable(nothing)
  return failed(
    `${nothing}: this server is not set up to reach its support desk. Trying again will not help.`,
  )
}
