import { sql } from 'drizzle-orm'
import {
  ticketEvent as event,
  ticketOccurrence as occurrence,
  supportTicket as ticket,
} from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'
import { type Avoided, quietDays } from './figures.ts'
import { dayOf, isNear, type Period, stretchOf } from './period.ts'

/** Of a reporter's next tickets, the first that are looked at. */
const nextMax = 20
/** Of the tickets at the end of those days, the last that are asked for their numbers. */
const edgeMax = 100
/** Whoever raises the same again sooner after the answer is an agent that tries again. */
const retriedWithin = sql`interval '1 minute'`

type Row = { part: 1 | 2; answered: number; avoided: number; recent: number }

/**
 * How many receipts carried an answer, and after how many of them their reporter raised no further
 * ticket at that server for `quietDays`, nor the same one again. A reporter is a verified person or
 * else an e-mail address; those of whom nothing is known are left out. Who raised more than
 * `nextMax` elsewhere in those days is taken for one who came back.
 */
export async function countAvoided(tx: Tx, period: Period): Promise<Avoided> {
  const { scope, range } = period
  const { organizationId } = scope
  const begins = [range.before, range.since, addDays(range.until, 1)]
  const quiet = sql`${`${quietDays} days`}::interval`
  const next = sql`
    select f.mcp_server_id, f.status, f.created_at from ${ticket} f
     where f.organization_id = ${organizationId} and f.number > a.number and f.number <= d.highest`
  const inOrder = sql`order by f.number limit ${nextMax}::int`
  const rows = await tx.execute<Row>(sql`
    with answered as materialized (
      select t.*, ${stretchOf(sql`t.day`, begins)} as part
        from (
          select ${dayOf(period)} as day, ${ticket.number} as number, ${ticket.mcpServerId} as server,
                 ${ticket.id} as id, ${ticket.createdAt} as created_at, ${ticket.occurrences} as occurrences,
                 ${ticket.createdAt} + ${quiet} as quiet_until,
                 case when ${isVerified} then ${ticket.mcpUserIssuer} end as issuer,
                 case when ${isVerified} then ${ticket.mcpUserId} end as subject,
                 case when ${ticket.reporterProof} = 'email' then ${ticket.userEmail} end as email
            from ${ticket}
           where ${isNear(period)} and ${ticket.answerVersion} is not null
          offset 0) t
    ), days as materialized (
      select q.day, (select max(e.number) from (${lastBefore(period)}) e) as highest
        from (select distinct day from answered) q
    )
    select a.part, count(*)::int as answered,
           count(*) filter (where not n.came and a.quiet_until <= now())::int as avoided,
           count(*) filter (where not n.came and a.quiet_until > now())::int as recent
      from answered a
      join days d on d.day = a.day
     cross join lateral (
        select coalesce(bool_or(f.mcp_server_id = a.server and f.status <> 'spam'), false)
                 or count(*) >= ${nextMax}
                 or case when a.occurrences > 1 then ${cameAgain(scope)} else false end as came
          from ((${next} and f.mcp_user_issuer = a.issuer and f.mcp_user_id = a.subject ${inOrder})
                union all
                (${next} and f.user_email = a.email ${inOrder})) f
         where f.created_at < a.quiet_until) n
     where a.part between 1 and 2 and (a.subject is not null and a.issuer is not null or a.email is not null)
     group by 1`)
  const [now, before] = [2, 1].map((part) => rows.find((row) => row.part === part))
  const both = (of: Exclude<keyof Row, 'part'>) => ({
    n: now?.[of] ?? 0,
    before: before?.[of] ?? 0,
  })
  return { answered: both('answered'), avoided: both('avoided'), recent: both('recent') }
}

const isVerified = sql`${ticket.reporterProof} in ('vouched', 'signed_in')`

/**
 * Whether a ticket `a` was raised again after its reporter had an answer: the first it gave. Each
 * time comes minutes after the one before, so that the last tells of all.
 */
const cameAgain = ({ organizationId }: Scope) => sql`
  coalesce(
    (select o.created_at from ${occurrence} o
      where o.organization_id = ${organizationId} and o.ticket_id = a.id order by o.id desc limit 1)
    > coalesce(
      (select e.created_at from ${event} e
        where e.organization_id = ${organizationId} and e.ticket_id = a.id and e.action = 'answered'
        order by e.id limit 1), a.created_at) + ${retriedWithin}, false)`

/**
 * The last tickets before a day `q.day` is over for `quietDays`: no later one has a lower number
 * than all of them, since numbers follow the time of arrival nearly.
 */
const lastBefore = ({ scope, timeZone }: Period) => sql`
  select w.number from ${ticket} w
   where w.organization_id = ${scope.organizationId}
     and w.created_at < ((q.day + ${quietDays + 2}::int)::timestamp at time zone ${timeZone})
   order by w.created_at desc, w.number desc limit ${edgeMax}::int`
