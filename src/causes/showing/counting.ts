import { sql } from 'drizzle-orm'
import { firstSeenOf, msOf, newestOf } from '#src/causes/along.ts'
import type { CauseDetail } from '#src/causes/cause.ts'
import { type CausePeriod, dayOf } from '#src/causes/period.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'

/** Tickets of a cause that are counted, newest first: as many entries of its index. */
const countedMax = 20_000

type Met = {
  walked: number
  open: number
  in_progress: number
  closed: number
  people: number
  first_ms: number | null
  last_ms: number | null
}
type OfDay = { day: string; open: number; in_progress: number; closed: number }
type Counted = Pick<CauseDetail, 'counts' | 'tickets' | 'people' | 'lastSeen' | 'days'> & {
  firstSeen: Date | null
}

/** How many tickets a cause has, by state and by day; spam is in none of it. */
export async function countCause(
  tx: Tx,
  { organizationId }: Scope,
  number: number,
  period: CausePeriod,
  max: number = countedMax,
): Promise<Counted> {
  const newest = newestOf(organizationId, sql`${number}::int`, max)
  const states = sql`
    count(*) filter (where w.status = 'open')::int as open,
    count(*) filter (where w.status = 'in_progress')::int as in_progress,
    count(*) filter (where w.status = 'closed')::int as closed`
  const [[met], days] = await Promise.all([
    tx.execute<Met>(sql`
      select count(*)::int as walked, ${states},
             count(distinct w.reporter_hash) filter (where w.status <> 'spam')::int as people,
             coalesce(case when count(*) = ${max}::int then ${firstSeenOf(organizationId, sql`${number}::int`)} end,
               ${msOf(sql`min(w.created_at) filter (where w.status <> 'spam')`)}) as first_ms,
             ${msOf(sql`max(w.created_at) filter (where w.status <> 'spam')`)} as last_ms
        from (${newest}) w`),
    tx.execute<OfDay>(sql`
      select w.day::text as day, ${states}
        from (select ${dayOf(period, sql`n.created_at`)} as day, n.status from (${newest}) n) w
       where w.day >= ${period.since}::date and w.status <> 'spam'
       group by w.day`),
  ])
  if (!met) throw new Error('an aggregate has one row')
  const { walked, open, in_progress, closed, people, first_ms, last_ms } = met
  const more = walked === max
  return {
    counts: { open, in_progress, closed },
    tickets: { n: open + in_progress + closed, more },
    people: { n: people, more },
    firstSeen: first_ms === null ? null : new Date(first_ms),
    lastSeen: last_ms === null ? null : new Date(last_ms),
    days: Array.from({ length: period.days }, (_, at) => {
      const day = addDays(period.since, at)
      const found = days.find((one) => one.day === day)
      const { open = 0, in_progress: inProgress = 0, closed = 0 } = found ?? {}
      return { day, open, inProgress, closed }
    }),
  }
}
