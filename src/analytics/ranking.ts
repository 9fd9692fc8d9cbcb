import { type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'
import { type Kind, kinds, namedMax, type Ranking } from './figures.ts'
import { dayOf, isNear, type Period, stretchOf } from './period.ts'

export type RankedRow = {
  value: string | null
  version: string | null
  n: number
  before: number
  active: number
  /** Of all values of the kind that are set, or of the one that is not. */
  values: number
  allN: number
  allBefore: number
}
type Row = RankedRow & { kind: OwnKind }
/** Causes are ranked apart: an index covers them. */
type OwnKind = Exclude<Kind, 'cause'>

/**
 * The values of each kind that most tickets have. Errors are many and have a pass of their own;
 * of the other kinds one pass counts what occurs together, which is little, and parts it then.
 */
export async function rankTickets(tx: Tx, period: Period): Promise<Record<OwnKind, Ranking>> {
  const together = sql`
    select ${ticket.category} as category, ${ticket.failedTool} as tool,
           ${ticket.clientName} as client, ${ticket.clientVersion} as version, ${counts(period)}
     group by 1, 2, 3, 4, 5`
  const rows = [
    ...(await tx.execute<Row>(sql`
      ${ranked(sql`
        select case grouping(g.category, g.tool, g.client, g.version) -- a bit each, set where it is not grouped by
                 when 11 then 'tool' when 7 then 'category' when 13 then 'client' else 'version' end as kind,
               coalesce(g.category, g.tool, g.client) as value, g.version, ${sums}
          from (${together}) g
         group by grouping sets ((g.category), (g.tool), (g.client), (g.client, g.version))`)}`)),
    ...(await tx.execute<Row>(sql`
      ${ranked(sql`
        select 'error' as kind, g.value, null::text as version, ${sums}
          from (select ${ticket.failedError} as value, ${counts(period)} group by 1, 2) g
         group by 2`)}`)),
  ]
  return Object.fromEntries(
    kinds.flatMap((kind) =>
      kind === 'cause' ? [] : [[kind, rankingOf(rows.filter((row) => row.kind === kind))]],
    ),
  ) as Record<OwnKind, Ranking>
}

/** Groups by what stands before it and `part`: 1 is before the range, 2 the range. */
const counts = (period: Period): SQL => {
  const { before, since, until } = period.range
  const begins = [before, since, addDays(until, 1)]
  return sql`${stretchOf(dayOf(period), begins)} as part, count(*) as n,
      count(*) filter (where ${ticket.status} <> 'closed') as active
    from ${ticket} where ${isNear(period)}`
}

const sums = sql`
  coalesce(sum(g.n) filter (where g.part = 2), 0)::int as n,
  coalesce(sum(g.n) filter (where g.part = 1), 0)::int as before,
  coalesce(sum(g.active) filter (where g.part = 2), 0)::int as active`

const ranked = (grouped: SQL) => sql`
  select * from (
    select v.*, row_number() over (w order by v.n desc, v.before desc, v.value collate "C",
             v.version collate "C") as rank,
           count(*) filter (where v.n > 0) over w::int as values,
           sum(v.n) over w::int as "allN", sum(v.before) over w::int as "allBefore"
      from (${grouped}) v
    window w as (partition by v.kind, v.value is null)) r
   where r.rank <= ${namedMax}::int
   order by r.kind, r.rank`

export function rankingOf(rows: RankedRow[]): Ranking {
  const set = rows.filter(({ value }) => value !== null)
  const none = rows.find(({ value }) => value === null)
  const named = set.flatMap(({ value, version, n, before, active }) =>
    value !== null && n > 0 ? [{ value, version, n, before, active }] : [],
  )
  const sum = (part: 'n' | 'before') => named.reduce((total, row) => total + row[part], 0)
  const { values = 0, allN = 0, allBefore = 0 } = set[0] ?? {}
  return {
    rows: named,
    others: {
      values: values - named.length,
      n: allN - sum('n'),
      before: allBefore - sum('before'),
    },
    none: { n: none?.allN ?? 0, before: none?.allBefore ?? 0 },
  }
}
