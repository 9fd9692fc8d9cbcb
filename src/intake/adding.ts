import { and, eq, sql } from 'drizzle-orm'
import type { TicketContext } from '#sdk/contract.ts'
import { ticketOccurrence as occurrence, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { recordEvent } from '#src/tickets/events.ts'
import { answerFor } from './answering.ts'
import { type Arriving, findDouble, mayBeAddedTo } from './doubles.ts'
import type { Receivable } from './replaying.ts'

/** Occurrences of a ticket whose texts are kept; of later ones only that they were, by their key. */
const keptMax = 50

type Written = {
  description: string
  context: TicketContext | undefined
  failedTool: string | null
  failedError: string | null
  idempotencyKey: string
  requestHash: Buffer
}

/**
 * Adds what its reporter raised before to the ticket that has it, which is new to staff again. Of
 * who was blocked since then, staff see nothing, and the receipt is as everybody's. What it tells,
 * with the answer as it is now, or null: it was not added.
 */
export async function addToDouble(
  tx: Tx,
  scope: Scope,
  arriving: Arriving,
  written: Written,
): Promise<Receivable | null> {
  const { now } = arriving
  const double = await findDouble(tx, scope, arriving)
  if (!double) return null
  const isTicket = and(eq(ticket.organizationId, scope.organizationId), eq(ticket.id, double.id))
  const isSeen = arriving.status !== 'spam' || double.status === 'spam'
  const news = { occurrences: sql`${ticket.occurrences} + 1`, updatedAt: now, readAt: null }
  const [added] = await tx
    .update(ticket)
    .set(isSeen ? news : { occurrences: ticket.occurrences })
    // It may have been closed, merged or erased since it was found.
    .where(and(isTicket, mayBeAddedTo(arriving)))
    .returning(addedColumns)
  if (!added) return null
  // The first time is the ticket itself.
  const isKept = isSeen && added.occurrences - 1 <= keptMax
  await keep(tx, scope, { ...arriving, ...written, ticketId: double.id, isKept })
  const answer = await answerFor(tx, scope, added, arriving, written)
  if (answer && answer.version !== added.answerVersion) {
    await tx.update(ticket).set({ answerVersion: answer.version }).where(isTicket)
    const newValue = String(answer.version)
    await recordEvent(tx, scope, {
      ticketId: double.id,
      action: 'answered',
      newValue,
      createdAt: now,
    })
  }
  return { ...added, answer }
}

const addedColumns = {
  id: ticket.id,
  number: ticket.number,
  status: ticket.status,
  createdAt: ticket.createdAt,
  occurrences: ticket.occurrences,
  cause: ticket.cause,
  answerVersion: ticket.answerVersion,
  failedTool: ticket.failedTool,
  failedError: ticket.failedError,
}

type Kept = Arriving & Written & { ticketId: string; isKept: boolean }

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
