import { sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'
import { type Closing, trendPoints } from './figures.ts'
import { dayOf, isNear, type Period, stretchOf } from './period.ts'
import { stretches } from './range.ts'

export type ClosingTimes = {
  now: Closing
  before: Closing
  /** Medians of the stretches of the range. */
  trend: (number | null)[]
  /** By id, of the range. */
  servers: Map<string, Closing>
}

type Row = {
  /** Whether it is of the range, or of the days before it; null of a stretch. */
  isNow: boolean | null
  server: string | null
  stretch: number | null
  tickets: number
  /** Median and 90th percentile. */
  seconds: [median: number, p90: number]
}

/** How long tickets took from arrival to closing: exactly, of those that arrived in the days. */
export async function readClosing(tx: Tx, period: Period): Promise<ClosingTimes> {
  const { range } = period
  const parts = stretches(range, trendPoints)
  const begins = [range.before, ...parts.map(({ since }) => since), addDays(range.until, 1)]
  // `offset 0` keeps the calendar from being asked once for each mention of the stretch.
  const rows = await tx.execute<Row>(sql`
    select c.is_now as "isNow", c.server, c.stretch, count(*)::int as tickets,
           percentile_cont(array[0.5, 0.9]) within group (order by c.seconds) as seconds
      from (
        select t.*, t.stretch > 1 as is_now
          from (
            select ${ticket.mcpServerId} as server, ${stretchOf(dayOf(period), begins)} as stretch,
                   date_part('epoch', ${ticket.closedAt} - ${ticket.createdAt}) as seconds
              from ${ticket}
             where ${isNear(period)} and ${ticket.status} = 'closed' and ${ticket.closedAt} is not null
            offset 0) t
         where t.stretch between 1 and ${parts.length + 1}::int) c
     group by grouping sets ((c.is_now), (c.is_now, c.server), (c.stretch))`)

  const found: ClosingTimes = {
    now: closingOf(),
    before: closingOf(),
    trend: parts.map(() => null),
    servers: new Map(),
  }
  for (const row of rows) {
    if (row.server !== null) row.isNow && found.servers.set(row.server, closingOf(row))
    else if (row.isNow !== null) found[row.isNow ? 'now' : 'before'] = closingOf(row)
    else if (row.stretch !== null && row.stretch > 1)
      found.trend[row.stretch - 2] = closingOf(row).medianMs
  }
  return found
}

const closingOf = (row?: Row): Closing => ({
  tickets: row?.tickets ?? 0,
  medianMs: row ? Math.round(row.seconds[0] * 1000) : null,
  p90Ms: row ? Math.round(row.seconds[1] * 1000) : null,
})
