import fc from 'fast-check'
import type { TicketInput } from '../../../sdk/src/contract.ts'
import { limits } from '../../../sdk/src/limits.ts'
import type { DeskDouble } from '../desk.ts'
import { type Caller, callerNamed, connect, type Line, raise, work } from './callers.ts'
import { type Desk, type Host, type Mode, nextTick, openHost } from './host.ts'

const steps = ['works', 'fails', 'cancels', 'asks', 'reconnects', 'returns', 'joins'] as const
type Step = { who: number; what: (typeof steps)[number]; on: number; ticks: number; wait: boolean }

/** What two or three callers do, in which order, and which of it at the same time. */
export type Plan = {
  callers: number
  third: string | undefined
  sessions: boolean
  json: boolean
  steps: Step[]
}

export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  callers: fc.constantFrom(2, 2, 3),
  third: fc.constantFrom('nobody', undefined),
  sessions: fc.boolean(),
  json: fc.boolean(),
  steps: fc.array(
    fc.record({
      who: fc.nat(2),
      what: fc.constantFrom<Step['what'][]>('fails', 'works', 'asks', ...steps),
      on: fc.nat(3),
      ticks: fc.nat(3),
      wait: fc.boolean(),
    }),
    { minLength: 5, maxLength: 10 },
  ),
})

let runs = 0

/** Goes through a plan, and then raises a ticket on every connection that is left. */
export async function carryOut(
  plan: Plan,
  mode: Mode,
  desk: DeskDouble,
  at: Desk,
  oneSession: boolean,
) {
  const sessions = mode === 'sessions' || (mode === 'users' && plan.sessions)
  const host = openHost(at, { sessions, json: plan.json, oneSession })
  const run = `r${++runs}`
  const names = ['alex', 'sam', 'kim'].slice(0, plan.callers)
  const callers = names.map((name, index) => {
    const mark = `${name}_${run}_`
    const own = mode === 'users' ? mark : undefined
    return callerNamed(mark, index === 2 && mode !== 'anonymous' ? plan.third : own)
  })
  const from = desk.received.length
  for (const caller of callers) await connect(host, caller)

  const running: Promise<unknown>[] = []
  for (const step of plan.steps) {
    const acted = act(host, mode, callers, step)
    if (step.wait) await acted
    else await nextTick()
    running.push(acted)
  }
  await Promise.all(running)

  const last: { title: string | undefined; caller: Caller; line: Line }[] = []
  for (const caller of callers)
    for (const line of caller.lines)
      last.push({ title: await raise(line, caller.mark), caller, line })
  const tickets = desk.received.slice(from).map(({ ticket }) => ticket)
  for (const caller of callers) for (const { client } of caller.lines) await client.close()
  return { callers, tickets, last, served: host.served }
}

async function act(host: Host, mode: Mode, callers: Caller[], step: Step): Promise<unknown> {
  const caller = callers[step.who % callers.length] as Caller
  const { lines, mark } = caller
  const line = lines[step.on % lines.length] as Line
  if (step.what === 'asks') return raise(line, mark)
  if (step.what === 'reconnects') return connect(host, caller)
  if (step.what === 'returns') return connect(host, caller, line)
  if (step.what === 'joins') {
    // Where a session alone makes a caller, whoever is on it is the same one.
    const neighbour = callers[(step.who + 1) % callers.length] as Caller
    const other = neighbour.lines[step.on % neighbour.lines.length]
    return mode === 'sessions' ? undefined : connect(host, caller, other)
  }
  const fails = step.what === 'fails'
  return work(line, mark, step.ticks, fails, step.what === 'cancels')
}

export type Outcome = Awaited<ReturnType<typeof carryOut>>

/** Throws where a ticket names anything of another caller, or not what its own caller did. */
export async function check({ callers, tickets, last, served }: Outcome, mode: Mode) {
  for (const ticket of tickets) {
    const owner = callers.find(({ mark }) => ticket.title.endsWith(mark))
    if (!owner) throw new Error(`whose ticket is this? ${ticket.title}`)
    await checkTicket(ticket, owner, callers, mode)
  }
  for (const { title, caller, line } of last) {
    const ticket = tickets.find((raised) => raised.title === title)
    const unknown = mode === 'users' && (!caller.token || caller.token === 'nobody')
    if (unknown !== (ticket === undefined)) throw new Error(`${title}: raised, or not?`)
    if (!ticket) continue
    const told = mode !== 'anonymous' && caller.token !== 'nobody'
    const made = told ? line.calls.filter((call) => served.has(call)).length : 0
    const shown = ticket.context?.calls.length
    if (shown !== Math.min(made, limits.callsMax)) throw new Error(`${title}: ${shown} of ${made}`)
  }
}

async function checkTicket(ticket: TicketInput, owner: Caller, callers: Caller[], mode: Mode) {
  const { client, sessionId, calls } = ticket.context ?? {}
  const text = JSON.stringify({ ...ticket, context: { calls } })
  for (const { mark } of callers)
    if (mark !== owner.mark && text.includes(mark))
      throw new Error(`${ticket.title} names ${mark}: ${text}`)
  if (mode === 'users' && ticket.reporter?.subject !== owner.token)
    throw new Error(`${ticket.title} was raised by ${ticket.reporter?.subject}`)
  const { issuer, subject } = ticket.reporter ?? {}
  const named = (id: string) => (subject ? JSON.stringify([id, issuer, subject]) : id)
  const ids = await Promise.all(
    owner.lines.map(({ sessionId: id }) => digest(id === undefined ? id : named(id))),
  )
  const line = owner.lines[ids.indexOf(sessionId)]
  if (!line) throw new Error(`${ticket.title} is not of a session of its caller`)
  if (client?.name !== `client-${line.openedBy}`)
    throw new Error(`${ticket.title} is not of a client of its caller: ${client?.name}`)
}

async function digest(sessionId: string | undefined): Promise<string | undefined> {
  if (sessionId === undefined) return undefined
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sessionId))
  return Buffer.from(hash).toString('hex').slice(0, 32)
}
