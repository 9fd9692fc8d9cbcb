import { and, asc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { By } from '#src/tickets/setting.ts'
import { statuses } from '#src/tickets/ticket.ts'

/** A merging: the status the ticket had, and the number of the one it was merged into. */
type Part = { ticketId: string; old: string | null; new: string | null }

/** Makes tickets again what they were before they were merged; those changed since stay. */
export async function unmerge(
  tx: Tx,
  scope: Scope,
  parts: Part[],
  { staffId, changeId }: By,
): Promise<number> {
  if (parts.length === 0) return 0
  const { organizationId } = scope
  const ids = parts.map(({ ticketId }) => ticketId)
  const held = await tx
    .select({ id: ticket.id, status: ticket.status, mergedInto: ticket.mergedInto })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), inArray(ticket.id, ids)))
    .orderBy(asc(ticket.number))
    .for('update')
  let undone = 0
  for (const { ticketId, old, new: into } of parts) {
    const one = held.find(({ id }) => id === ticketId)
    if (!one || !into || one.status !== 'closed' || one.mergedInto !== Number(into)) continue
    const status = z.enum(statuses).parse(old)
    const now = new Date()
    await tx
      .update(ticket)
      .set({
        mergedInto: null,
        status,
        updatedAt: now,
        ...(status !== 'closed' && { closedAt: null, closedBy: null }),
      })
      .where(and(eq(ticket.organizationId, organizationId), eq(ticket.id, ticketId)))
    const event = { ticketId, action: 'merged' as const, oldValue: into, staffId, changeId }
    await recordEvent(tx, scope, { ...event, createdAt: now })
    undone += 1
  }
  return undone
}
