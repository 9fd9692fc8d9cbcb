import type { Answer, Problem } from './client.ts'
import type { Receipt, TicketInput } from './contract.ts'
import { createDrain } from './drain.ts'
import { createFlushes } from './flushes.ts'
import type { Fault, Log } from './log.ts'
import { createQueue, type Entry } from './queue.ts'
import { backoff, type Timing, within } from './timing.ts'

/** What became of a ticket by the time its reporter has to be answered. */
export type Filed =
  | { status: 'received'; receipt: Receipt }
  | { status: 'queued'; problem?: Problem | undefined }
  | { status: 'refused'; problem: Problem }

/** Brings tickets to the desk, however long it is away, from a bounded queue in memory. */
export type Delivery = {
  /** Nothing is being sent, and nothing waits to be. */
  idle(): boolean
  /** Answers within `withinMs`; what the desk has not taken by then is delivered later. */
  file(ticket: TicketInput, withinMs: number, signal: AbortSignal): Promise<Filed>
  /** Tries all that waits now, and waits until it is through, or for `withinMs`. */
  flush(withinMs: number): Promise<void>
  /** Sends again after a refused key was accepted. */
  resume(): void
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
  fault: Fault,
  timing: Timing,
): Delivery {
  const { now } = timing
  const queue = createQueue(now)
  const flushes = createFlushes()
  let unanswered = false
  let stoppedAt: number | undefined
  let dropped = 0

  const attempt = async (entry: Entry): Promise<Answer<Receipt>> => {
    resume()
    entry.sending = true
    entry.attempts++
    const answer = await send(entry.ticket, entry.idempotencyKey, entry.signal)
    entry.sending = false
    entry.triedAt = now()
    if (answer.ok) succeed(entry)
    else fail(entry, answer.problem)
    if (queue.size === 0) flushes.end()
    drain.schedule()
    return answer
  }

  const succeed = (entry: Entry) => {
    queue.remove(entry)
    log.forget(notAccepted)
    // The desk is back, and what waited for it need not wait for as long as it was away.
    if (unanswered) queue.hurry()
    unanswered = false
  }

  const fail = (entry: Entry, problem: Problem) => {
    if (problem.unanswered) unanswered = true
    if (!problem.retry) refused(problem)
    if (problem.code === 'key_invalid') stop()
    // A ticket promised before its key was refused waits for the key to be accepted again.
    const again = problem.retry || (problem.code === 'key_invalid' && entry.promised)
    const calledOff = entry.signal.aborted && !entry.promised
    if (again && !calledOff && now() - entry.since < timing.queuedMsMax) delay(entry, problem)
    else {
      queue.remove(entry)
      if (entry.promised) drop(`a queued ticket was lost: ${problem.code ?? problem.message}`)
    }
  }

  const drop = (what: string) => log.say('error', `${what}; ${++dropped} dropped so far`)

  const delay = (entry: Entry, problem: Problem) => {
    const pace = flushes.waiting ? timing.flushPace : timing
    entry.held = problem.retryAfterMs !== undefined
    entry.waitMs = Math.max(problem.retryAfterMs ?? 0, backoff(entry.attempts, pace))
    entry.notBefore = entry.triedAt + entry.waitMs
  }

  const stop = () => {
    stoppedAt = now()
    log.once('error', notAccepted)
    flushes.end()
  }

  const next = () => {
    const entry = queue.next()
    if (!entry || stoppedAt === undefined) return entry && { entry, dueAt: entry.notBefore }
    // What was promised before the key was refused finds out itself whether it is accepted again.
    return {
      entry,
      dueAt: Math.max(stoppedAt + timing.keyRetryMs, entry.held ? entry.notBefore : 0),
    }
  }
  const restMs = () => (flushes.waiting ? 0 : timing.restMs)
  const drain = createDrain(next, attempt, restMs, now, fault)

  const file: Delivery['file'] = async (ticket, withinMs, signal) => {
    if (stoppedAt !== undefined) return { status: 'refused', problem: keyRefused }
    const entry = queue.add(ticket, signal)
    if (!entry) {
      drop('the queue of tickets is full: a ticket was not taken')
      return { status: 'refused', problem: queueFull }
    }
    const answer = await within(withinMs, attempt(entry))
    if (answer?.ok) return { status: 'received', receipt: answer.value }
    if (answer && !answer.problem.retry) return { status: 'refused', problem: answer.problem }
    entry.promised = true
    return { status: 'queued', problem: answer?.problem }
  }

  const flush: Delivery['flush'] = async (withinMs) => {
    if (queue.size === 0 || stoppedAt !== undefined) return
    const through = flushes.wait(Number.isNaN(withinMs) ? timing.flushMs : withinMs, () =>
      log.say('warn', `gave up flushing: tickets that wait for the desk: ${queue.size}`),
    )
    queue.release()
    drain.start()
    await through
  }

  const resume = () => {
    if (stoppedAt === undefined) return
    stoppedAt = undefined
    queue.release()
    drain.schedule()
  }
  return { idle: () => queue.size === 0, file, flush, resume }
}

const notAccepted = 'the desk does not accept this key: no ticket is sent until it does'
const keyRefused: Problem = { code: 'key_invalid', message: 'the key was refused', retry: false }
const queueFull: Problem = { code: 'unavailable', message: 'the queue is full', retry: true }
