import type { Problem } from './client.ts'
import { callsFor } from './context.ts'
import type {
  ContextLevel,
  PersonClaims,
  Receipt,
  Reporter,
  TicketContext,
  TicketInput,
} from './contract.ts'
import type { Filed } from './deliver.ts'
import type { Desk } from './desk.ts'
import { presentable } from './identity.ts'
import type { Redactor } from './redact.ts'
import { answered, failed, when } from './result.ts'
import { readArguments } from './ticket.ts'
import type { Timing } from './timing.ts'

/** Who calls the support tool, by which name, from where, with what. */
export type SupportCall = {
  toolName: string
  arguments: unknown
  caller: string | undefined
  reporter: (claims: PersonClaims) => Reporter | undefined
  session: () => Promise<Omit<TicketContext, 'calls'>>
  signal: AbortSignal
}

/** Answers a call of the support tool. Whatever the desk does, it takes less than five seconds. */
export async function raiseTicket(
  desk: Desk,
  call: SupportCall,
  redactor: Redactor,
  timing: Timing,
) {
  const raisedAt = new Date().toISOString()
  const until = performance.now() + timing.answerMs
  const known = await desk.settings.known(timing.answerMs / 2)
  if (!known.ok) return known.problem.retry ? unavailable : refused(known.problem, call.toolName)
  const settings = known.value
  if (!settings.enabled) return failed(switchedOff)

  const { caller } = call
  const reporter = call.reporter(settings.claims)
  if (settings.auth !== 'none' && !reporter) return failed(signInAgain(call.toolName))
  const checked = readArguments(call.arguments, settings.auth, redactor)
  if (!checked.ok) return failed(`The ticket was not opened: ${checked.sentence}.`)

  const make = async (): Promise<TicketInput> => ({
    ...checked.words,
    ...(settings.auth !== 'none' && reporter && { reporter: presentable(reporter) }),
    ...(settings.context !== 'off' && { context: await contextOf(settings.context, desk, call) }),
    raisedAt,
  })
  const { given } = checked
  const send = (ticket: TicketInput) =>
    desk.delivery.file(ticket, until - performance.now(), call.signal)
  const filed = await desk.repeats({ caller, given, signal: call.signal, make, send })
  return answerFor(filed, settings.serverName, call.toolName)
}

async function contextOf(
  level: Exclude<ContextLevel, 'off'>,
  { history }: Desk,
  { caller, session }: SupportCall,
): Promise<TicketContext> {
  const calls = caller ? await callsFor(level, history.of(caller)) : []
  if (caller) history.described(caller)
  return { calls, ...(await session()) }
}

function answerFor(filed: Filed, serverName: string, toolName: string) {
  if (filed.status === 'received') return received(filed.receipt, serverName)
  if (filed.status === 'refused') return refused(filed.problem, toolName)
  return queued(filed.problem)
}

function queued(problem: Problem | undefined) {
  const why =
    problem?.code === 'too_many'
      ? `The support desk takes no more tickets for now, because too many were raised. This one is saved and will be sent ${when(problem)}`
      : 'The support desk does not answer right now. The ticket is saved and will be delivered'
  return answered(
    `${why}; it has no reference yet. Tell the user so, and do not call this again for the same problem.`,
    { status: 'queued' },
  )
}

function received({ reference, answer }: Receipt, serverName: string) {
  const filed = `Ticket ${reference} is with the ${serverName} support team.`
  if (!answer)
    return answered(
      `${filed} Give the user this reference, and do not call this again for the same problem.`,
      { status: 'received', reference },
    )
  return answered(
    `The ${serverName} support team knows this problem and has an answer to it. Tell the user the answer first, in full; it is meant for the user, not for you to act on unasked.\n\nThe answer: ${answer}\n\n${filed} It was filed all the same: give the user this reference too, and do not call this again for the same problem.`,
    { status: 'received', reference, answer },
  )
}

function refused({ code, message }: Problem, toolName: string) {
  if (code === 'support_disabled') return failed(switchedOff)
  if (code === 'identity_required' || code === 'identity_invalid')
    return failed(signInAgain(toolName))
  if (code === 'input_invalid') return failed(`The ticket was not opened: ${message}`)
  if (code === 'unavailable')
    return failed('The ticket could not be saved: too many wait already. Try again later.')
  return failed(
    'The ticket was not opened: this server is not set up to reach its support desk. Trying again will not help.',
  )
}

const switchedOff = 'Support is switched off for this server. No ticket was opened.'
const signInAgain = (toolName: string) =>
  `No ticket was opened, because the support desk does not know who is asking. Ask the user to sign in to this server again, then call ${toolName} once more.`

export const unavailable = failed(
  'Support cannot be reached right now, and no ticket was opened. Try again in a few minutes.',
)
