import { and, eq, sql } from 'drizzle-orm'
import type { TicketContext } from '#sdk/contract.ts'
import type { Taken } from '#src/causes/taking.ts'
import { ticketOccurrence as occurrence, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { recordEvent } from '#src/tickets/events.ts'
import { type Arriving, findDouble, mayBeAddedTo } from './doubles.ts'

/** Occurrences of a ticket whose texts are kept; of later ones only that they were, by their key. */
const keptMax = 50

type Occurrence = {
  description: string
  context: TicketContext | undefined
  idempotencyKey: string
  requestHash: Buffer
}

/**
 * Adds what its reporter raised before to the ticket that has it, which is new to staff again. A
 * ticket that says that a fix did not hold is one of its own. Whether it was added.
 */
export async function addToDouble(
  tx: Tx,
  scope: Scope,
  arriving: Omit<Arriving, 'cause'>,
  cause: Taken | null,
  written: Occurrence,
): Promise<boolean> {
  if (cause?.fixedAt && cause.fixedAt < arriving.raisedAt) return false
  const raised = { ...arriving, cause: cause?.number ?? null }
  const double = await findDouble(tx, scope, raised)
  if (!double) return false
  const isTicket = and(eq(ticket.organizationId, scope.organizationId), eq(ticket.id, double.id))
  const [added] = await tx
    .update(ticket)
    .set({ occurrences: sql`${ticket.occurrences} + 1`, updatedAt: arriving.now, readAt: null })
    // It may have been closed, merged or erased since it was found.
    .where(and(isTicket, mayBeAddedTo(raised)))
    .returning({
      occurrences: ticket.occurrences,
      cause: ticket.cause,
      answerVersion: ticket.answerVersion,
    })
  if (!added) return false
  // The first time is the ticket itself.
  const isKept = added.occurrences - 1 <= keptMax
  await keep(tx, scope, { ...raised, ...written, ticketId: double.id, isKept })
  const { version } = (added.cause === raised.cause && cause?.answer) || {}
  if (version && version !== added.answerVersion) {
    await tx.update(ticket).set({ answerVersion: version }).where(isTicket)
    const event = { ticketId: double.id, action: 'answered' as const, newValue: String(version) }
    await recordEvent(tx, scope, { ...event, createdAt: arriving.now })
  }
  return true
}

type Kept = Arriving & Occurrence & { ticketId: string; isKept: boolean }

async function keep(tx: Tx, { organizationId }: Scope, of: Kept): Promise<void> {
  const { ticketId, serverId, title, description, context, isKept, now } = of
  const texts = { title, description, contextData: context }
  await tx.insert(occurrence).values({
    organizationId,
    ticketId,
    id: newId(),
    mcpServerId: serverId,
    ...(isKept ? texts : { title: '', description: '' }),
    idempotencyKey: of.idempotencyKey,
    requestHash: of.requestHash,
    raisedAt: of.raisedAt,
    createdAt: now,
  })
}
