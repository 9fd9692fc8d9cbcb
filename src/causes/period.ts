import { eq, type SQL, sql } from 'drizzle-orm'
import { organization } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'

/** Whole days that end today, by the organization's calendar. */
export type CausePeriod = { timeZone: string; since: string; until: string; days: number }

export async function periodOf(
  tx: Tx,
  { organizationId }: Scope,
  days: number,
): Promise<CausePeriod> {
  const [at] = await tx
    .select({
      timeZone: organization.timeZone,
      today: sql<string>`(now() at time zone ${organization.timeZone})::date::text`,
    })
    .from(organization)
    .where(eq(organization.id, organizationId))
  if (!at) throw new Error('the organization is gone')
  return { timeZone: at.timeZone, since: addDays(at.today, 1 - days), until: at.today, days }
}

/** The days by the clock, and one more: an index goes by it. */
export const isAbout = ({ timeZone, since }: CausePeriod, at: SQL): SQL =>
  sql`${at} >= (${addDays(since, -1)}::date::timestamp at time zone ${timeZone})`

/** The day by the calendar: exact, also where a clock shows an hour twice or never. */
export const dayOf = ({ timeZone }: CausePeriod, at: SQL): SQL =>
  sql`(${at} at time zone ${timeZone})::date`

/** Points of the small line that shows the course of a cause. */
const trendPointsMax = 12

/** The days that the stretches of a period begin with, as even as they can be. */
export function stretchesOf({ since, days }: CausePeriod): string[] {
  const count = Math.min(trendPointsMax, days)
  return Array.from({ length: count }, (_, part) =>
    addDays(since, Math.floor((part * days) / count)),
  )
}
