import { and, eq, sql } from 'drizzle-orm'
import type { TicketContext } from '#sdk/contract.ts'
import { makeCause, type Taken } from '#src/causes/taking.ts'
import { ticketOccurrence as occurrence, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { recordEvent } from '#src/tickets/events.ts'
import { type Arriving, findDouble, mayBeAddedTo } from './doubles.ts'

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
 * Adds what its reporter raised before to the ticket that has it, which is new to staff again. A
 * ticket that says that a fix did not hold is one of its own. Whether it was added.
 */
export async function addToDouble(
  tx: Tx,
  scope: Scope,
  arriving: Arriving,
  written: Written,
): Promise<boolean> {
  const { cause, raisedAt, now } = arriving
  if (cause?.fixedAt && cause.fixedAt < raisedAt) return false
  const double = await findDouble(tx, scope, arriving)
  if (!double) return false
  const isTicket = and(eq(ticket.organizationId, scope.organizationId), eq(ticket.id, double.id))
  const [added] = await tx
    .update(ticket)
    .set({ occurrences: sql`${ticket.occurrences} + 1`, updatedAt: now, readAt: null })
    // It may have been closed, merged or erased since it was found.
    .where(and(isTicket, mayBeAddedTo(arriving)))
    .returning(addedColumns)
  if (!added) return false
  // The first time is the ticket itself.
  const isKept = added.occurrences - 1 <= keptMax
  await keep(tx, scope, { ...arriving, ...written, ticketId: double.id, isKept })
  const taken = added.cause === null ? await giveCause(tx, scope, added, arriving, written) : cause
  const { version } = taken?.answer ?? {}
  if (version && version !== added.answerVersion) {
    await tx.update(ticket).set({ answerVersion: version }).where(isTicket)
    const event = { ticketId: double.id, action: 'answered' as const, newValue: String(version) }
    await recordEvent(tx, scope, { ...event, createdAt: now })
  }
  return true
}

const addedColumns = {
  id: ticket.id,
  number: ticket.number,
  occurrences: ticket.occurrences,
  cause: ticket.cause,
  answerVersion: ticket.answerVersion,
  failedTool: ticket.failedTool,
  failedError: ticket.failedError,
}

type Added = Pick<typeof ticket.$inferSelect, 'id' | 'number' | 'failedTool' | 'failedError'>

/** A ticket without a cause has that of the call that failed now, or is the first of it. */
async function giveCause(
  tx: Tx,
  scope: Scope,
  { id, number, ...stored }: Added,
  { serverId, print, cause, now: createdAt }: Arriving,
  { failedTool, failedError }: Written,
): Promise<Taken | null> {
  if (!print) return null
  const taken = cause ?? (await makeCause(tx, scope, print, { serverId, number, createdAt }))
  // What failed first stays, and has no error of another tool.
  const isOfTool = stored.failedTool === null || stored.failedTool === failedTool
  const failed = { failedTool, failedError: stored.failedError ?? failedError }
  await tx
    .update(ticket)
    .set({ cause: taken.number, ...(isOfTool && failed) })
    .where(and(eq(ticket.organizationId, scope.organizationId), eq(ticket.id, id)))
  return taken
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
