import { and, eq } from 'drizzle-orm'
import { supportTicket as ticket, ticketNote } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { recordEvent } from './events.ts'

type Note = { number: number; body: string; staffId: string }
type Noted = { ok: true } | { ok: false; reason: 'not_found' }

/** Writes down what staff tell each other about a ticket. Its event has the same id. */
export function addNote(scope: Scope, { number, body, staffId }: Note): Promise<Noted> {
  const { organizationId } = scope
  return inScope(scope, async (tx) => {
    const [found] = await tx
      .select({ id: ticket.id })
      .from(ticket)
      .where(and(eq(ticket.organizationId, organizationId), eq(ticket.number, number)))
    if (!found) return { ok: false, reason: 'not_found' }
    const note = { id: newId(), ticketId: found.id, staffId, createdAt: new Date() }
    await tx.insert(ticketNote).values({ ...note, organizationId, body })
    await recordEvent(tx, scope, { ...note, action: 'noted' })
    return { ok: true }
  })
}
