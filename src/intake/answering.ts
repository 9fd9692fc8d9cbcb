import { and, desc, eq } from 'drizzle-orm'
import { makeCause, type Taken } from '#src/causes/taking.ts'
import { causeAnswer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { Arriving } from './doubles.ts'

type Ticket = Pick<
  typeof ticket.$inferSelect,
  'id' | 'number' | 'cause' | 'failedTool' | 'failedError'
>
type Failed = Pick<Ticket, 'failedTool' | 'failedError'>

/**
 * The answer as it is now to the cause of a ticket that is raised again, or null. A ticket without
 * a cause has that of the call that failed this time.
 */
export async function answerFor(
  tx: Tx,
  scope: Scope,
  to: Ticket,
  arriving: Arriving,
  failed: Failed,
): Promise<Taken['answer']> {
  const { print, cause } = arriving
  if (to.cause === null) return (await giveCause(tx, scope, to, arriving, failed))?.answer ?? null
  return print && cause ? cause.answer : newestAnswer(tx, scope, to.cause)
}

async function giveCause(
  tx: Tx,
  scope: Scope,
  { id, number, ...stored }: Ticket,
  { serverId, print, cause, now: createdAt }: Arriving,
  { failedTool, failedError }: Failed,
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

/** The newest version, unless it took the answer back. */
async function newestAnswer(
  tx: Tx,
  { organizationId }: Scope,
  cause: number,
): Promise<Taken['answer']> {
  const [newest] = await tx
    .select({ version: causeAnswer.version, body: causeAnswer.body, link: causeAnswer.link })
    .from(causeAnswer)
    .where(and(eq(causeAnswer.organizationId, organizationId), eq(causeAnswer.cause, cause)))
    .orderBy(desc(causeAnswer.version))
    .limit(1)
  return newest?.body ? { ...newest, body: newest.body } : null
}
