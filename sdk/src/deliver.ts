import type { Receipt, TicketInput } from './contract.ts'
import { jsonBytes } from './cut.ts'
import type { Answer, Problem } from './desk.ts'
import type { Log } from './log.ts'
import { later, type Timing, within } from './timing.ts'

const queueCountMax = 200
const queueBytesMax = 4 * 1024 * 1024

/** What became of a ticket by the time its reporter has to be answered. */
export type Filed =
  | { status: 'received'; receipt: Receipt }
  | { status: 'queued' }
  | { status: 'refused'; problem: Problem }

/** Brings tickets to the desk, however long it is away, from a bounded queue in memory. */
export type Delivery = {
  /** Answers within `withinMs`; what the desk has not taken by then is delivered later. */
  file(ticket: TicketInput, withinMs: number, signal: AbortSignal): Promise<Filed>
  /** Tries all that waits now, and waits until it is through, or for `withinMs`. */
  flush(withinMs: number): Promise<void>
  /** Sends again after a refused key was accepted. */
  resume(): void
}

/** One ticket on its way. Its idempotency key stays the same however often it is sent. */
type Entry = {
  ticket: TicketInput
  idempotencyKey: string
  bytes: number
  since: number
  attempts: number
  state: 'sending' | 'waiting'
  /** When it may be sent again, and whether the desk itself asked to wait that long. */
  notBefore: number
  held: boolean
  /** Its reporter has been told that it will arrive. */
  promised: boolean
  signal: AbortSignal
}

type Send = (
  ticket: TicketInput,
  idempotencyKey: string,
  signal: AbortSignal,
) => Promise<Answer<Receipt>>

export function createDelivery(
  send: Send,
  refused: (problem: Problem) => void,
  log: Log,
  timing: Timing,
): Delivery {
  const queue = new Set<Entry>()
  const flushes = new Set<() => void>()
  let stopped = false
  let draining = false
  let unschedule = () => {}

  const attempt = async (entry: Entry): Promise<Answer<Receipt>> => {
    entry.state = 'sending'
    entry.attempts++
    const answer = await send(entry.ticket, entry.idempotencyKey, entry.signal)
    entry.state = 'waiting'
    if (answer.ok) settle(entry)
    else fail(entry, answer.problem)
    if (answer.ok) hurry()
    schedule()
    return answer
  }

  const fail = (entry: Entry, problem: Problem) => {
    if (problem.code === 'key_invalid') {
      stopped = true
      log.once('error', 'the desk does not accept this key: no ticket is sent until it does')
    }
    if (!problem.retry) refused(problem)
    if (entry.signal.aborted && !entry.promised) return settle(entry)
    const expired = Date.now() - entry.since > timing.queuedMsMax
    if (problem.retry && !expired) return delay(entry, problem)
    if (problem.code === 'key_invalid' && entry.promised) return delay(entry, problem)
    settle(entry)
    if (entry.promised)
      log.say('warn', `a queued ticket was lost: ${problem.code ?? problem.message}`)
  }

  const delay = (entry: Entry, problem: Problem) => {
    const backoff = Math.min(timing.backoffMs * 2 ** (entry.attempts - 1), timing.backoffMsMax)
    entry.held = problem.retryAfterMs !== undefined
    entry.notBefore = Date.now() + (problem.retryAfterMs ?? backoff * (0.5 + Math.random() / 2))
  }

  const settle = (entry: Entry) => {
    queue.delete(entry)
    wake()
  }
  const wake = () => {
    if (queue.size > 0 && !stopped) return
    for (const done of flushes) done()
  }

  const waiting = () =>
    [...queue].filter((entry) => entry.state === 'waiting' && entry.attempts > 0)
  const next = () => waiting().reduce<Entry | undefined>(sooner, undefined)
  const sooner = (a: Entry | undefined, b: Entry) => (a && a.notBefore <= b.notBefore ? a : b)

  const hurry = () => {
    for (const entry of waiting()) if (!entry.held) entry.notBefore = 0
  }
  const schedule = () => {
    unschedule()
    const entry = next()
    if (stopped) return wake()
    if (entry && !draining) unschedule = later(Math.max(0, entry.notBefore - Date.now()), drain)
  }
  const drain = async () => {
    if (draining) return
    draining = true
    for (let entry = next(); entry && !stopped && entry.notBefore <= Date.now(); entry = next())
      await attempt(entry)
    draining = false
    schedule()
  }

  const file: Delivery['file'] = async (ticket, withinMs, signal) => {
    const bytes = jsonBytes(ticket)
    const queued = [...queue].reduce((sum, entry) => sum + entry.bytes, 0)
    if (stopped)
      return { status: 'refused', problem: { code: 'key_invalid', message: '', retry: false } }
    if (queue.size >= queueCountMax || queued + bytes > queueBytesMax) {
      log.say('error', 'the queue of tickets is full: a ticket was not taken')
      return { status: 'refused', problem: { code: 'unavailable', message: '', retry: true } }
    }
    const entry: Entry = {
      ticket,
      idempotencyKey: crypto.randomUUID(),
      bytes,
      since: Date.now(),
      attempts: 0,
      state: 'waiting',
      notBefore: 0,
      held: false,
      promised: false,
      signal,
    }
    queue.add(entry)
    const answer = await within(withinMs, attempt(entry))
    if (answer?.ok) return { status: 'received', receipt: answer.value }
    if (answer && !answer.problem.retry) return { status: 'refused', problem: answer.problem }
    entry.promised = true
    return { status: 'queued' }
  }

  const flush: Delivery['flush'] = async (withinMs) => {
    if (queue.size === 0 || stopped) return
    hurry()
    void drain()
    await new Promise<void>((resolve) => {
      // Unlike the timers of retries, this one keeps the process alive: it is being waited for.
      const deadline = setTimeout(() => done(), withinMs)
      const done = () => {
        clearTimeout(deadline)
        flushes.delete(done)
        resolve()
      }
      flushes.add(done)
    })
  }

  const resume = () => {
    if (!stopped) return
    stopped = false
    hurry()
    schedule()
  }
  return { file, flush, resume }
}
