import { type SQL, sql } from 'drizzle-orm'
import { cause, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { type CauseFilter, causePageSize } from './filter.ts'
import { type CausePeriod, dayOf, isAbout, stretchesOf } from './period.ts'

/** Tickets of a period that are counted, newest first: as many entries of one index. */
const rankedTicketsMax = 200_000

export type Ranked = {
  /** Of the page that is asked for, most tickets first; of as many the newer cause. */
  causes: { number: number; n: number; trend: number[] }[]
  totals: { open: number; fixed: number; all: number }
  /** When the oldest ticket arrived that was counted, where older ones of the period were not. */
  countedFrom: Date | null
}

type Row = {
  open: number
  fixed: number
  walked: number
  from_ms: number | null
  number: number | null
  n: number | null
  trend: number[] | null
}

/**
 * The causes with most tickets in a period, in one pass over an index that covers all it asks for;
 * spam is left out.
 */
export async function rankCauses(
  tx: Tx,
  { organizationId }: Scope,
  filter: Pick<CauseFilter, 'state' | 'page'> & { serverId?: string | undefined },
  period: CausePeriod,
  ticketsMax: number = rankedTicketsMax,
): Promise<Ranked> {
  const begins = stretchesOf(period)
  const rows = await tx.execute<Row>(sql`
    with met as (
      select w.cause, width_bucket(${dayOf(period, sql`w.created_at`)}, ${datesOf(begins)}) as stretch,
             count(*) as walked, count(*) filter (where w.status <> 'spam') as n,
             min(w.created_at) as since
        from (
          select ${ticket.cause} as cause, ${ticket.status} as status, ${ticket.createdAt} as created_at
            from ${ticket}
           where ${ticket.organizationId} = ${organizationId}
             and ${isAbout(period, sql`${ticket.createdAt}`)}
           order by ${ticket.createdAt} desc, ${ticket.number} desc
           limit ${ticketsMax}::int) w
       group by 1, 2
    ), ranked as (
      select m.cause as number, sum(m.n)::int as n, ${cause.fixedAt} is not null as is_fixed
        from met m
        join ${cause} on ${cause.organizationId} = ${organizationId} and ${cause.number} = m.cause
       where m.stretch > 0 and m.n > 0 and ${ofServer(filter.serverId)}
       group by m.cause, ${cause.fixedAt}
    ), totals as (
      select count(*) filter (where not r.is_fixed)::int as open,
             count(*) filter (where r.is_fixed)::int as fixed,
             (select coalesce(sum(walked), 0)::int from met) as walked,
             (select (extract(epoch from min(since)) * 1000)::float8 from met) as from_ms
        from ranked r
    ), shown as (
      select r.number, r.n from ranked r where ${inState(filter.state)}
       order by r.n desc, r.number desc
       limit ${causePageSize}::int offset ${(filter.page - 1) * causePageSize}::int
    )
    select t.*, s.number, s.n, (
        select array_agg(coalesce(m.n, 0)::int order by p.part)
          from generate_series(1, ${begins.length}::int) p(part)
          left join met m on m.cause = s.number and m.stretch = p.part) as trend
      from totals t left join shown s on true
     order by s.n desc, s.number desc`)
  const { open = 0, fixed = 0, walked = 0, from_ms = null } = rows[0] ?? {}
  return {
    causes: rows.flatMap(({ number, n, trend }) =>
      number !== null && n !== null ? [{ number, n, trend: trend ?? [] }] : [],
    ),
    totals: { open, fixed, all: open + fixed },
    countedFrom: walked === ticketsMax && from_ms !== null ? new Date(from_ms) : null,
  }
}

const datesOf = (days: string[]): SQL => {
  const dates = days.map((day) => sql`${day}::date`)
  return sql`array[${sql.join(dates, sql`, `)}]`
}

const ofServer = (serverId: string | undefined): SQL =>
  serverId ? sql`${cause.mcpServerId} = ${serverId}` : sql`true`

const inState = (state: CauseFilter['state']): SQL =>
  state === 'all' ? sql`true` : state === 'fixed' ? sql`r.is_fixed` : sql`not r.is_fixed`
