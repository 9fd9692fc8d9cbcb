import type { Answer, Problem } from './client.ts'
import type { Receipt, TicketInput } from './contract.ts'
import type { Fault, Log } from './log.ts'
import { createQueue, type Entry } from './queue.ts'
import { backoff, later, type Timing, within } from './timing.ts'

/** What became of a ticket by the time its reporter has to be answered. */
export type Filed =
  | { status: 'received'; receipt: Receipt }
  | { status: 'queued'; problem?: Problem | undefined }
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
  const queue = createQueue()
  const flushes = new Set<() => void>()
  let stoppedAt: number | undefined
  let draining = false
  let dropped = 0
  let unschedule = () => {}

  const attempt = async (entry: Entry): Promise<Answer<Receipt>> => {
    entry.sending = true
    entry.attempts++
    const answer = await send(entry.ticket, entry.idempotencyKey, entry.signal)
    entry.sending = false
    if (answer.ok) {
      queue.remove(entry)
      queue.hurry()
    } else fail(entry, answer.problem)
    if (queue.size === 0) for (const done of flushes) done()
    schedule()
    return answer
  }

  const fail = (entry: Entry, problem: Problem) => {
    if (!problem.retry) refused(problem)
    if (problem.code === 'key_invalid') stop()
    // A ticket promised before its key was refused waits for the key to be accepted again.
    const again = problem.retry || (problem.code === 'key_invalid' && entry.promised)
    const calledOff = entry.signal.aborted && !entry.promised
    if (again && !calledOff && performance.now() - entry.since < timing.queuedMsMax)
      delay(entry, problem)
    else {
      queue.remove(entry)
      if (entry.promised) drop(`a queued ticket was lost: ${problem.code ?? problem.message}`)
    }
  }

  const drop = (what: string) => log.say('error', `${what}; ${++dropped} dropped so far`)

  const delay = (entry: Entry, problem: Problem) => {
    const waitMs = Math.max(problem.retryAfterMs ?? 0, backoff(entry.attempts, timing))
    entry.held = problem.retryAfterMs !== undefined
    entry.notBefore = performance.now() + waitMs
  }

  const stop = () => {
    stoppedAt = performance.now()
    log.once('error', 'the desk does not accept this key: no ticket is sent until it does')
    for (const done of flushes) done()
  }

  const schedule = () => {
    unschedule()
    const entry = queue.next()
    if (!entry || draining) return
    // What was promised before the key was refused finds out itself whether it is accepted again.
    const at = stoppedAt === undefined ? entry.notBefore : stoppedAt + timing.keyRetryMs
    unschedule = later(Math.max(0, at - performance.now()), () => {
      resume()
      drain().catch(fault)
    })
  }

  /** Sends one; the timer before the next is what lets a process end while tickets wait. */
  const drain = async () => {
    if (draining) return
    const entry = queue.next()
    // A timer may go off a little early.
    if (stoppedAt !== undefined || !entry || entry.notBefore > performance.now()) return schedule()
    draining = true
    try {
      await attempt(entry)
    } finally {
      draining = false
      schedule()
    }
  }

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
    queue.hurry()
    drain().catch(fault)
    await new Promise<void>((resolve) => {
      // Unlike the timers of retries, this one keeps the process alive: it is being waited for.
      const deadline = setTimeout(() => {
        log.say('warn', `gave up flushing: tickets that wait for the desk: ${queue.size}`)
        done()
      }, withinMs)
      const done = () => {
        clearTimeout(deadline)
        flushes.delete(done)
        resolve()
      }
      flushes.add(done)
    })
  }

  const resume = () => {
    if (stoppedAt === undefined) return
    stoppedAt = undefined
    queue.hurry()
    schedule()
  }
  return { file, flush, resume }
}

const keyRefused: Problem = { code: 'key_invalid', message: 'the key was refused', retry: false }
const queueFull: Problem = { code: 'unavailable', message: 'the queue is full', retry: true }
