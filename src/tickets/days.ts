import { and, asc, desc, eq, gte, lt, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { organization, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { TicketFilter } from './filter.ts'

/** Whole days in a time zone, and between which numbers the tickets of them are. */
export type Days = {
  since: string | undefined
  until: string | undefined
  timeZone: string
  lowest: number
  highest: number
}

/** Tickets at either end of the days that are asked for their numbers. */
const edgeMax = 5_000

/**
 * What the days of a filter stand for. Numbers follow the time of arrival nearly: two tickets that
 * arrive at once may have them the other way round, so an end is looked at further than its first.
 */
export async function findDays(
  tx: Tx,
  { organizationId }: Scope,
  { since, until }: Pick<TicketFilter, 'since' | 'until'>,
): Promise<Days> {
  const [found] = await tx
    .select({ timeZone: organization.timeZone })
    .from(organization)
    .where(eq(organization.id, organizationId))
  const days = { since, until, timeZone: found?.timeZone ?? 'UTC' }
  const edge = (direction: typeof asc, name: string) =>
    tx
      .select({ number: ticket.number })
      .from(ticket)
      .where(and(eq(ticket.organizationId, organizationId), isAbout(days)))
      .orderBy(direction(ticket.createdAt), direction(ticket.number))
      .limit(edgeMax)
      .as(name)
  const [first, last] = [edge(asc, 'first'), edge(desc, 'last')]
  const [[lowest], [highest]] = await Promise.all([
    tx.select({ number: sql<number | null>`min(${first.number})` }).from(first),
    tx.select({ number: sql<number | null>`max(${last.number})` }).from(last),
  ])
  return { ...days, lowest: lowest?.number ?? 0, highest: highest?.number ?? 0 }
}

type Calendar = Omit<Days, 'lowest' | 'highest'>

/** The days by the clock, and one more at either end: an index goes by it. */
export const isAbout = ({ since, until, timeZone }: Calendar): SQL | undefined => {
  const at = (day: string, beyond: SQL) =>
    sql`((${day}::date + ${beyond})::timestamp at time zone ${timeZone})`
  return and(
    since ? gte(ticket.createdAt, at(since, sql`-1`)) : undefined,
    until ? lt(ticket.createdAt, at(until, sql`2`)) : undefined,
  )
}

/** The days by the calendar: exact, also where a clock shows an hour twice or never. */
export const isWithin = (
  { since, until, timeZone }: Calendar,
  at: SQLWrapper = ticket.createdAt,
): SQL | undefined => {
  const day = sql`(${at} at time zone ${timeZone})::date`
  return and(
    since ? sql`${day} >= ${since}::date` : undefined,
    until ? sql`${day} <= ${until}::date` : undefined,
  )
}

export const numbersOf = ({ lowest, highest }: Days): SQL | undefined =>
  and(gte(ticket.number, lowest), lte(ticket.number, highest))
