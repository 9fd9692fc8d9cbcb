import { desc, eq } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { readAlong } from './along.ts'
import type { TicketFilter } from './filter.ts'
import { readFound } from './finding.ts'
import { narrow } from './narrowing.ts'
import { bounds } from './paging.ts'
import type { Count } from './ticket.ts'

/** The organization's newest ticket, whatever the filter; 0 where there is none. */
export async function findNewest(tx: Tx, { organizationId }: Scope): Promise<number> {
  const [newest] = await tx
    .select({ number: ticket.number })
    .from(ticket)
    .where(eq(ticket.organizationId, organizationId))
    .orderBy(desc(ticket.number))
    .limit(1)
  return newest?.number ?? 0
}

/** How many tickets of a filter have come since a number, up to a page of them. */
export const countNews = (scope: Scope, filter: TicketFilter, after: number): Promise<Count> =>
  inScope(scope, async (tx) => {
    const { narrowed } = await narrow(tx, scope, filter)
    const read = narrowed.q ? readFound : readAlong
    const { rows, more } = await read(tx, scope, narrowed, { newer: after }, bounds)
    return { n: rows.length, more }
  })
