import { and, eq, inArray } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { recordEvent } from './events.ts'
import type { Priority, Status } from './ticket.ts'

/** What staff give tickets: a status or a priority. */
export type Setting = { field: 'status'; value: Status } | { field: 'priority'; value: Priority }

/** A ticket that the transaction has locked. */
export type Held = { id: string; status: Status; priority: Priority; mergedInto: number | null }

/** Who changes tickets, and what the change is undone by. */
export type By = { staffId: string; changeId: string }

export const heldColumns = {
  id: ticket.id,
  status: ticket.status,
  priority: ticket.priority,
  mergedInto: ticket.mergedInto,
}
export const actions = { status: 'status_changed', priority: 'priority_changed' } as const

/**
 * Gives tickets a value, with an event each; those that have it already are left as they are.
 * Answers how many it changed.
 */
export async function setOn(
  tx: Tx,
  scope: Scope,
  held: Held[],
  { field, value }: Setting,
  { staffId, changeId }: By,
): Promise<number> {
  const changed = held.filter((one) => one[field] !== value)
  if (changed.length === 0) return 0
  const now = new Date()
  await tx
    .update(ticket)
    .set({ updatedAt: now, [field]: value, ...(field === 'status' && ending(value, staffId, now)) })
    .where(
      and(
        eq(ticket.organizationId, scope.organizationId),
        inArray(
          ticket.id,
          changed.map(({ id }) => id),
        ),
      ),
    )
  await recordEvent(
    tx,
    scope,
    ...changed.map((one) => ({
      ticketId: one.id,
      action: actions[field],
      oldValue: one[field],
      newValue: value,
      staffId,
      changeId,
      createdAt: now,
    })),
  )
  return changed.length
}

/** A ticket that is not closed is a part of no other. */
const ending = (status: Status, closedBy: string, closedAt: Date) =>
  status === 'closed'
    ? { closedAt, closedBy }
    : { closedAt: null, closedBy: null, mergedInto: null }
