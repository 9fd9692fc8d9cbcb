import { and, eq } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { listTickets } from './listing.ts'
import type { Narrowed } from './narrowing.ts'
import { type Bounds, bounds, directionOf } from './paging.ts'
import type { Count } from './ticket.ts'
import { stopOf, type Walk, walkFrom } from './walk.ts'

/** Some tickets of a list, and the number to go on below; null at its end. */
export type Step = { numbers: number[]; before: number | null }

/**
 * The next tickets of a list below a number, newest first, for those who go through all of it. Each
 * step costs a bounded walk, as a page does; it may find none and still go on.
 */
export async function nextTickets(
  tx: Tx,
  scope: Scope,
  list: Narrowed,
  before: number | null,
  limit: number,
): Promise<Step> {
  if (list.q) return nextFound(tx, scope, list, before)
  const cursor = before === null ? null : { older: before }
  const walk = walkFrom(tx, scope, list, { cursor, limit, within: bounds })
  const numbers = await numbersOf(tx, scope, walk, limit)
  if (numbers.length === limit) return { numbers, before: numbers.at(-1) ?? null }
  return { numbers, before: await stopOf(tx, walk) }
}

/** How many tickets of a list without words are newer than one; `more` where a bound ended it. */
export async function countNewer(
  tx: Tx,
  scope: Scope,
  list: Narrowed,
  number: number,
  limit: number,
  within: Bounds = bounds,
): Promise<Count> {
  const from = { cursor: { newer: number }, limit: limit + 1, within }
  const walk = walkFrom(tx, scope, list, from)
  const n = (await numbersOf(tx, scope, walk, limit + 1)).length
  if (n > limit) return { n: limit, more: true }
  return { n, more: (await stopOf(tx, walk)) !== null }
}

async function numbersOf(
  tx: Tx,
  { organizationId }: Scope,
  { hit, own, cursor }: Walk,
  limit: number,
): Promise<number[]> {
  const hits = tx.select({ number: hit.number }).from(hit)
  const rows = await (own
    ? hits
        .innerJoin(
          ticket,
          and(eq(ticket.organizationId, organizationId), eq(ticket.number, hit.number)),
        )
        .where(own)
    : hits
  )
    .orderBy(directionOf(cursor)(hit.number))
    .limit(limit)
  return rows.map(({ number }) => number)
}

/** The same of a search, by its pages. */
async function nextFound(
  tx: Tx,
  scope: Scope,
  { after: _, ...list }: Narrowed,
  before: number | null,
): Promise<Step> {
  const page = await listTickets(tx, scope, { ...list, ...(before !== null && { before }) })
  return { numbers: page.rows.map(({ number }) => number), before: page.older ?? page.searchedTo }
}
