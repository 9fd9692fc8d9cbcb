import { eq, sql } from 'drizzle-orm'
import type { TicketContext } from '#sdk/contract.ts'
import type { Fingerprint } from '#src/causes/fingerprint.ts'
import { makeCause, reopenCause, type Taken } from '#src/causes/taking.ts'
import { organizationCounter, supportTicket, ticketContext } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Receivable } from './replaying.ts'
import type { newTicket } from './row.ts'

type Row = ReturnType<typeof newTicket> & {
  status: 'open' | 'spam'
  idempotencyKey: string
  requestHash: Buffer
}
type Told = {
  context: TicketContext | undefined
  print: Fingerprint | null
  /** Null where it is the first with its fingerprint, as far as is known. */
  cause: Taken | null
}

/**
 * Stores a ticket with its number, its cause, its context and what happened: with its first ticket
 * a cause is made, by one raised after it was fixed it is opened again.
 */
export async function storeTicket(
  tx: Tx,
  scope: Scope,
  row: Row,
  { context, print, cause: known }: Told,
): Promise<Receivable> {
  const { id: ticketId, organizationId, mcpServerId: serverId, status, raisedAt, createdAt } = row
  const number = await nextNumber(tx, scope)
  const cause =
    known ?? (print && (await makeCause(tx, scope, print, { serverId, number, createdAt })))
  const answer = cause?.answer ?? null
  await tx
    .insert(supportTicket)
    .values({ ...row, number, cause: cause?.number, answerVersion: answer?.version })
  if (context)
    await tx.insert(ticketContext).values({ organizationId, ticketId, contextData: context })
  const isOpened =
    cause !== null &&
    status !== 'spam' &&
    (await reopenCause(tx, scope, cause, { number, raisedAt, createdAt }))
  const event = { ticketId, createdAt }
  await recordEvent(
    tx,
    scope,
    { ...event, action: 'filed' },
    ...(status === 'spam'
      ? [{ ...event, action: 'status_changed' as const, oldValue: 'open', newValue: status }]
      : []),
    ...(isOpened ? [{ ...event, action: 'reopened_cause' as const }] : []),
    ...(answer
      ? [{ ...event, action: 'answered' as const, newValue: String(answer.version) }]
      : []),
  )
  return { number, status, createdAt, answer }
}

/** The next number of the organization. Its row is a queue, so it is asked for last. */
async function nextNumber(tx: Tx, { organizationId }: Scope): Promise<number> {
  const [row] = await tx
    .update(organizationCounter)
    .set({ ticketNumber: sql`${organizationCounter.ticketNumber} + 1` })
    .where(eq(organizationCounter.organizationId, organizationId))
    .returning({ number: organizationCounter.ticketNumber })
  if (!row) throw new Error('the organization has no counter')
  return row.number
}
