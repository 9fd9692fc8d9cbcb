import { sql } from 'drizzle-orm'
import { cause, organization, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { causeName, type NamedCause } from './causes.ts'
import type { Count } from './ticket.ts'

/** Entries of the index that are looked at on either side of a ticket, and so what is counted. */
const walkMax = 100
const countMax = walkMax - 1

/**
 * The other tickets of a ticket's cause: those that arrived within the 24 hours before it or at any
 * time since, without spam. `since` is when the first of them did, by the organization's clock, as
 * far as they were looked at; null where there are none.
 */
export type Others = {
  count: Count
  /** Those of them that are not closed. */
  active: number
  since: Moment | null
}
/** By the organization's clock. */
export type Moment = { day: string; time: string; isToday: boolean; isThisYear: boolean }
export type SharedCause = NamedCause & { others: Others }

type Row = NamedCause &
  Omit<Moment, 'day'> & {
    ticket: number
    n: number
    active: number
    isCut: boolean
    /** Null where there are no others. */
    day: string | null
  }

/** Tickets with a cause, by their numbers: what each shares. A bounded walk to either side of each. */
export async function findOthers(
  tx: Tx,
  { organizationId }: Scope,
  numbers: number[],
): Promise<Map<number, SharedCause>> {
  if (numbers.length === 0) return new Map()
  const beside = sql`
    select w.number, w.status, w.created_at, w.number < t.number as is_below
      from ${ticket} w
     where w.organization_id = ${organizationId} and w.cause = t.cause`
  const rows = await tx.execute<Row>(sql`
    select t.number as ticket, ${cause.number} as number, ${causeName} as name, o.n, o.active,
           o.above = ${walkMax} or (o.below = ${walkMax} and o.reached >= t.near) as "isCut",
           (o.first at time zone t.zone)::date::text as day,
           to_char(o.first at time zone t.zone, 'HH24:MI') as time,
           (o.first at time zone t.zone)::date = t.today as "isToday",
           date_part('year', o.first at time zone t.zone) = date_part('year', t.today) as "isThisYear"
      from (
        select ${ticket.number} as number, ${ticket.cause} as cause, ${organization.timeZone} as zone,
               (now() at time zone ${organization.timeZone})::date as today,
               ${ticket.createdAt} - interval '24 hours' as near
          from ${ticket}, ${organization}
         where ${ticket.organizationId} = ${organizationId} and ${organization.id} = ${organizationId}
           and ${ticket.number} = any(${`{${numbers.join()}}`}::int[]) and ${ticket.cause} is not null) t
      join ${cause} on ${cause.organizationId} = ${organizationId} and ${cause.number} = t.cause
     cross join lateral (
        select count(*) filter (where b.is_near)::int as n, min(b.created_at) filter (where b.is_near) as first,
               count(*) filter (where b.is_near and b.status <> 'closed')::int as active,
               count(*) filter (where b.is_below) as below, count(*) filter (where not b.is_below) as above,
               min(b.created_at) filter (where b.is_below) as reached
          from (
            select w.*, w.status <> 'spam' and w.created_at >= t.near as is_near
              from ((${beside} and w.number < t.number order by w.number desc limit ${walkMax})
                    union all
                    (${beside} and w.number > t.number order by w.number limit ${walkMax})) w) b) o`)
  return new Map(rows.map((row) => [row.ticket, sharedOf(row)]))
}

function sharedOf({ number, name, n, active, isCut, day, ...at }: Row): SharedCause {
  const count = { n: Math.min(n, countMax), more: isCut || n > countMax }
  return { number, name, others: { count, active, since: day ? momentOf(day, at) : null } }
}

const momentOf = (day: string, { time, isToday, isThisYear }: Omit<Moment, 'day'>): Moment => ({
  day,
  time,
  isToday,
  isThisYear,
})
