import { and, asc, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import { cause, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'

/**
 * Takes the words of an error out of what a cause is called, where nobody else's ticket has it: what
 * several reporters were told alike tells of none of them.
 */
export async function erasePatterns(
  tx: Tx,
  { organizationId }: Scope,
  numbers: number[],
): Promise<void> {
  const theirs = and(eq(cause.organizationId, organizationId), inArray(cause.number, numbers))
  // Held first: of two who erase the last two reporters of a cause, the second one finds it so.
  await tx
    .select({ number: cause.number })
    .from(cause)
    .where(theirs)
    .orderBy(asc(cause.number))
    .for('no key update')
  const others = tx
    .select({ one: sql`1` })
    .from(ticket)
    .where(
      and(
        eq(ticket.organizationId, organizationId),
        eq(ticket.cause, cause.number),
        ne(ticket.reporterProof, 'erased'),
      ),
    )
  await tx
    .update(cause)
    .set({ pattern: '[erased]' })
    .where(and(theirs, notExists(others)))
}
