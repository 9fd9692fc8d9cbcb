import { sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'
import { type Change, type DayFigures, trendPoints } from './figures.ts'
import { dayOf, isNear, type Period, stretchOf } from './period.ts'
import { daysBetween, stretches } from './range.ts'

export type Counted = {
  days: DayFigures[]
  total: Change
  anonymous: Change
  /** By id, of those with a ticket in the range or before it. */
  servers: Map<string, Change & { active: number; trend: number[] }>
}

type Row = {
  day: string | null
  server: string | null
  stretch: number | null
  status: 'open' | 'in_progress' | 'closed'
  anonymous: boolean | null
  n: number
}

/** Tickets by day and by server, in one pass over an index that covers all but tool and client. */
export async function countTickets(tx: Tx, period: Period): Promise<Counted> {
  const { range } = period
  const parts = stretches(range, trendPoints)
  const begins = [range.before, ...parts.map(({ since }) => since), addDays(range.until, 1)]
  const rows = await tx.execute<Row>(sql`
    select d.day::text as day, d.server, d.stretch, d.status, d.anonymous, sum(d.n)::int as n
      from (
        select a.*, ${stretchOf(sql`a.day`, begins)} as stretch
          from (
            select ${dayOf(period)} as day, ${ticket.mcpServerId} as server, ${ticket.status} as status,
                   ${ticket.reporterProof} = 'email' as anonymous, count(*) as n
              from ${ticket}
             where ${isNear(period)}
             group by 1, 2, 3, 4) a) d
     where d.stretch between 1 and ${parts.length + 1}::int
     group by grouping sets ((d.day, d.status, d.anonymous), (d.server, d.stretch, d.status))`)

  const days = Array.from({ length: range.days }, (_, at) => emptyDay(addDays(range.since, at)))
  const [total, anonymous] = [nothing(), nothing()]
  const servers: Counted['servers'] = new Map()
  for (const { day, server, stretch, status, anonymous: isAnonymous, n } of rows) {
    if (day !== null) {
      const at = days[daysBetween(range.since, day)]
      const part = at ? 'n' : 'before'
      total[part] += n
      if (isAnonymous) anonymous[part] += n
      if (at) at[fields[status]] += n
      if (at && isAnonymous) at.anonymous += n
    } else if (server !== null && stretch !== null) {
      const of = servers.get(server) ?? { ...nothing(), active: 0, trend: parts.map(() => 0) }
      servers.set(server, of)
      of[stretch > 1 ? 'n' : 'before'] += n
      if (stretch > 1) of.trend[stretch - 2] = (of.trend[stretch - 2] ?? 0) + n
      if (stretch > 1 && status !== 'closed') of.active += n
    }
  }
  return { days, total, anonymous, servers }
}

const fields = { open: 'open', in_progress: 'inProgress', closed: 'closed' } as const
const nothing = (): Change => ({ n: 0, before: 0 })
const emptyDay = (day: string): DayFigures => ({
  day,
  open: 0,
  inProgress: 0,
  closed: 0,
  anonymous: 0,
})
