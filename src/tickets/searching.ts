import { and, eq, sql } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { composed } from '#src/lib/text.ts'
import type { Cursor } from './paging.ts'
import { referenceIn } from './reference.ts'
import type { Status } from './ticket.ts'

export type Found = {
  /** In the order of the walk: newest first, or oldest first on the way to newer ones. */
  numbers: number[]
  /** The number it got to before a bound, with more tickets beyond; else null. */
  searchedTo: number | null
}

/**
 * Up to `wanted` tickets that have all the words, the last of them perhaps unfinished, or the number
 * that is named. The database's function `search_tickets` looks in the organization of the scope.
 */
export async function searchTickets(
  tx: Tx,
  scope: Scope,
  { q, statuses, cursor }: { q: string; statuses: Status[]; cursor: Cursor },
  wanted: number,
): Promise<Found> {
  const { older = null, newer = null } = { older: null, newer: null, ...cursor }
  const [named, [found]] = await Promise.all([
    findNamed(tx, scope, q),
    tx.execute<{ numbers: number[]; searched_to: number | null }>(sql`
      select to_json(numbers) as numbers, searched_to
        from search_tickets(${composed(q)}, ${`{${statuses.join()}}`}::ticket_status[],
          ${older}::int, ${newer}::int, ${wanted}::int)`),
  ])
  const numbers = found?.numbers ?? []
  const searchedTo = (numbers.length === wanted && numbers.at(-1)) || (found?.searched_to ?? null)
  const isBetween = (number: number) =>
    newer === null
      ? number < (older ?? Infinity) && number >= (searchedTo ?? 0)
      : number > newer && number <= (searchedTo ?? Infinity)
  if (named === null || !isBetween(named) || numbers.includes(named)) return { numbers, searchedTo }
  const order = newer === null ? -1 : 1
  return { numbers: [...numbers, named].sort((a, b) => order * (a - b)), searchedTo }
}

/** The ticket that a query names, as staff do or as reporters do, or null. */
async function findNamed(tx: Tx, { organizationId }: Scope, q: string): Promise<number | null> {
  const reference = referenceIn(q)
  if (!reference) return null
  const { number, server } = reference
  const [found] = await tx
    .select({ number: ticket.number })
    .from(ticket)
    .innerJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(
      and(
        eq(ticket.organizationId, organizationId),
        eq(ticket.number, number),
        server ? eq(mcpServer.slug, server) : undefined,
      ),
    )
  return found?.number ?? null
}
