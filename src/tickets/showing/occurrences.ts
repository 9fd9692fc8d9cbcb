import { and, asc, eq, ne } from 'drizzle-orm'
import { ticketOccurrence as occurrence } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { Occurrence } from '#src/tickets/ticket.ts'

const shownMax = 50

/** What was written each time a ticket was raised again, as far as it is kept. */
export const listOccurrences = (
  tx: Tx,
  { organizationId }: Scope,
  ticketId: string,
): Promise<Occurrence[]> =>
  tx
    .select({
      title: occurrence.title,
      description: occurrence.description,
      context: occurrence.contextData,
      raisedAt: occurrence.raisedAt,
    })
    .from(occurrence)
    .where(
      and(
        eq(occurrence.organizationId, organizationId),
        eq(occurrence.ticketId, ticketId),
        // Without its texts, it is only remembered by its key.
        ne(occurrence.title, ''),
      ),
    )
    .orderBy(asc(occurrence.id))
    .limit(shownMax)
