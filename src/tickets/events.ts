import { ticketEvent } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { TicketEvent } from './ticket.ts'

type Change = {
  ticketId: string
  action: TicketEvent['action']
  oldValue?: string
  newValue?: string
  staffId?: string
  /** What was changed together: it is undone together. */
  changeId?: string
  createdAt: Date
  /** Where something else has the same one. */
  id?: string
}

/** Writes what happened to tickets, in the transaction in which it happens. */
export async function recordEvent(tx: Tx, { organizationId }: Scope, ...changes: Change[]) {
  const events = changes.map((change) => ({ organizationId, id: newId(), ...change }))
  await tx.insert(ticketEvent).values(events)
}
