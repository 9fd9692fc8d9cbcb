import type { TicketInput } from './contract.ts'
import { jsonBytes } from './cut.ts'

const countMax = 200
const bytesMax = 4 * 1024 * 1024

/** One ticket on its way. Its idempotency key stays the same however often it is sent. */
export type Entry = {
  ticket: TicketInput
  idempotencyKey: string
  bytes: number
  /** When it was taken in, on the clock of `performance.now()`, which is never set back. */
  since: number
  attempts: number
  sending: boolean
  /** When it may be sent again, on the same clock. */
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
  hurry(): void
}

/** Tickets being sent, or waiting to be sent again; bounded in number and bytes. */
export function createQueue(): Queue {
  const entries = new Set<Entry>()
  const waiting = () => [...entries].filter((entry) => !entry.sending && entry.attempts > 0)

  const add = (ticket: TicketInput, signal: AbortSignal) => {
    const bytes = jsonBytes(ticket)
    const held = [...entries].reduce((sum, entry) => sum + entry.bytes, bytes)
    if (entries.size >= countMax || held > bytesMax) return undefined
    const entry: Entry = {
      ticket,
      idempotencyKey: crypto.randomUUID(),
      bytes,
      since: performance.now(),
      attempts: 0,
      sending: false,
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
    hurry: () => {
      for (const entry of waiting()) if (!entry.held) entry.notBefore = 0
    },
  }
}
