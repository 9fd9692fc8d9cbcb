import { sql } from 'drizzle-orm'
import { cause, supportTicket as ticket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'
import { causeName } from '#src/tickets/causes.ts'
import { namedMax, type Ranking, trendPoints } from './figures.ts'
import { dayOf, isNear, type Period, stretchOf } from './period.ts'
import { stretches } from './range.ts'
import { type RankedRow, rankingOf } from './ranking.ts'

type Row = RankedRow & { name: string | null; trend: number[] }

/** The causes that most tickets have, with their course, in one pass over an index that covers it. */
export async function rankCauses(tx: Tx, period: Period): Promise<Ranking> {
  const { scope, range } = period
  const { organizationId } = scope
  const parts = stretches(range, trendPoints)
  const begins = [range.before, ...parts.map(({ since }) => since), addDays(range.until, 1)]
  const last = parts.length + 1
  const rows = await tx.execute<Row>(sql`
    with met as (
      select t.cause, t.stretch, count(*) as n, count(*) filter (where t.status <> 'closed') as active
        from (
          select ${ticket.cause} as cause, ${stretchOf(dayOf(period), begins)} as stretch,
                 ${ticket.status} as status
            from ${ticket}
           where ${isNear(period)}
          offset 0) t
       where t.stretch between 1 and ${last}::int
       group by 1, 2
    ), counted as (
      select m.cause, coalesce(sum(m.n) filter (where m.stretch > 1), 0)::int as n,
             coalesce(sum(m.n) filter (where m.stretch = 1), 0)::int as before,
             coalesce(sum(m.active) filter (where m.stretch > 1), 0)::int as active
        from met m group by 1
    ), ranked as (
      select c.*, row_number() over (w order by c.n desc, c.before desc, c.cause) as rank,
             count(*) filter (where c.n > 0) over w::int as values,
             sum(c.n) over w::int as "allN", sum(c.before) over w::int as "allBefore"
        from counted c
      window w as (partition by c.cause is null)
    )
    select r.cause::text as value, null as version, r.n, r.before, r.active, r.values, r."allN",
           r."allBefore", ${causeName} as name, (
             select array_agg(coalesce(m.n, 0)::int order by p.part)
               from generate_series(2, ${last}::int) p(part)
               left join met m on m.cause = r.cause and m.stretch = p.part) as trend
      from ranked r
      left join ${cause} on ${cause.organizationId} = ${organizationId} and ${cause.number} = r.cause
     where r.rank <= ${namedMax}::int
     order by r.rank`)
  const ranking = rankingOf(rows)
  const named = ranking.rows.map((row) => {
    const of = rows.find(({ value }) => value === row.value)
    return { ...row, name: of?.name ?? undefined, trend: of?.trend }
  })
  return { ...ranking, rows: named }
}
