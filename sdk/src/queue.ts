import type { TicketInput } from './contract.ts'
import { jsonBytes } from './cut.ts'

const countMax = 200
const bytesMax = 4 * 1024 * 1024
const hurriedBy = 10

/** One ticket on its way. Its idempotency key stays the same however often it is sent. */
export type Entry = {
  ticket: TicketInput
  idempotencyKey: string
  bytes: number
  /** When it was taken in; all times are of the clock `timing.now`. */
  since: number
  /** Since it was taken in or released; the wait before the next grows with them. */
  attempts: number
  sending: boolean
  /** When its last attempt ended, and how long it has to wait from then on. */
  triedAt: number
  waitMs: number
  /** When it may be sent again. */
  notBefore: number
  /** The desk itself asked to wait that long. */
  held: boolean
  /** Its reporter has been told that it will arrive. */
  promised: boolean
  signal: AbortSignal
}

export type Queue = {
  readonly size: number
  /** Takes a ticket in, or answers nothing when there is no room. */
  add(ticket: TicketInput, signal: AbortSignal): Entry | undefined
  remove(entry: Entry): void
  /** The entry to try next, though it may have to wait until `notBefore`. */
  next(): Entry | undefined
  /** Lets all go at once that the desk did not ask to wait. */
  release(): void
  /** Shortens the waits of the same: a ticket that never gets through still waits longer each time. */
  hurry(): void
}

/** A ticket that was called off and is taken in once more may have arrived the first time. */
const keys = new WeakMap<TicketInput, string>()

function keyOf(ticket: TicketInput): string {
  const key = keys.get(ticket) ?? crypto.randomUUID()
  keys.set(ticket, key)
  return key
}

/** Tickets being sent, or waiting to be sent again; bounded in number and bytes. */
export function createQueue(now: () => number): Queue {
  const entries = new Set<Entry>()
  const waiting = () => [...entries].filter((entry) => !entry.sending)
  const unheld = () => waiting().filter((entry) => !entry.held)

  const add = (ticket: TicketInput, signal: AbortSignal) => {
    const bytes = jsonBytes(ticket)
    const held = [...entries].reduce((sum, entry) => sum + entry.bytes, bytes)
    if (entries.size >= countMax || held > bytesMax) return undefined
    const entry: Entry = {
      ticket,
      idempotencyKey: keyOf(ticket),
      bytes,
      since: now(),
      attempts: 0,
      sending: false,
      triedAt: 0,
      waitMs: 0,
      notBefore: 0,
      held: false,
      promised: false,
      signal,
    }
    entries.add(entry)
    return entry
  }

  return {
    get size() {
      return entries.size
    },
    add,
    remove: (entry) => void entries.delete(entry),
    next: () => waiting().sort((a, b) => a.notBefore - b.notBefore)[0],
    release: () => {
      for (const entry of unheld()) Object.assign(entry, { attempts: 0, waitMs: 0, notBefore: 0 })
    },
    hurry: () => {
      for (const entry of unheld()) entry.notBefore = entry.triedAt + entry.waitMs / hurriedBy
    },
  }
}
