import { and, eq, inArray, sql } from 'drizzle-orm'
import { ticketContext as context, ticketOccurrence as occurrence } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'

/** A session's id is a person's, also where the calls stay. */
export async function eraseContexts(
  tx: Tx,
  { organizationId }: Scope,
  ids: string[],
  words: boolean,
): Promise<void> {
  const theirs = and(eq(context.organizationId, organizationId), inArray(context.ticketId, ids))
  if (words) await tx.delete(context).where(theirs)
  else
    await tx
      .update(context)
      .set({ contextData: sql`${context.contextData} - 'sessionId'` })
      .where(and(theirs, sql`${context.contextData} ? 'sessionId'`))
}

/** The same where tickets were raised again. Without its texts, one is still known by its key. */
export async function eraseOccurrences(
  tx: Tx,
  { organizationId }: Scope,
  ids: string[],
  words: boolean,
): Promise<void> {
  const theirs = and(
    eq(occurrence.organizationId, organizationId),
    inArray(occurrence.ticketId, ids),
  )
  if (words)
    await tx.update(occurrence).set({ title: '', description: '', contextData: null }).where(theirs)
  else
    await tx
      .update(occurrence)
      .set({ contextData: sql`${occurrence.contextData} - 'sessionId'` })
      .where(and(theirs, sql`${occurrence.contextData} ? 'sessionId'`))
}
