import { and, eq } from 'drizzle-orm'
import { supportTicket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { recordEvent } from './events.ts'
import type { Status } from './ticket.ts'

type Change = { number: number; status: Status; staffId: string }
type Changed = { ok: true; changed: boolean } | { ok: false; reason: 'not_found' }

/**
 * Opens, begins or closes a ticket and writes the event. A ticket that has the status already is
 * left as it is, without an event.
 */
export async function changeStatus(scope: Scope, change: Change): Promise<Changed> {
  const { organizationId } = scope
  const { number, status, staffId } = change
  const isTicket = and(
    eq(supportTicket.organizationId, organizationId),
    eq(supportTicket.number, number),
  )
  return inScope(scope, async (tx) => {
    const [ticket] = await tx
      .select({ id: supportTicket.id, status: supportTicket.status })
      .from(supportTicket)
      .where(isTicket)
      .for('update')
    if (!ticket) return { ok: false, reason: 'not_found' }
    if (ticket.status === status) return { ok: true, changed: false }
    const now = new Date()
    const closed =
      status === 'closed'
        ? { closedAt: now, closedBy: staffId }
        : { closedAt: null, closedBy: null }
    await tx
      .update(supportTicket)
      .set({ status, updatedAt: now, ...closed })
      .where(isTicket)
    await recordEvent(tx, scope, {
      ticketId: ticket.id,
      action: 'status_changed',
      oldValue: ticket.status,
      newValue: status,
      staffId,
      createdAt: now,
    })
    return { ok: true, changed: true }
  })
}
