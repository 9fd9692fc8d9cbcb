import { eq, type SQL, sql } from 'drizzle-orm'
import { cause, causeAnswer, mcpServer } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { findServerId } from '#src/tickets/narrowing.ts'
import { firstSeenOf, msOf, newestOf } from './along.ts'
import type { CausePage, CauseRow } from './cause.ts'
import type { CauseFilter } from './filter.ts'
import { type CausePeriod, dayOf, periodOf } from './period.ts'
import { type Ranked, rankCauses } from './ranking.ts'

/** Of each cause of a page, the newest tickets that are looked at in its index. */
const walkMax = 2_000

/** A page of causes by the tickets of some days, most first; and which days those are. */
export const listCauses = (
  scope: Scope,
  filter: CauseFilter,
  { ticketsMax, walk = walkMax }: { ticketsMax?: number; walk?: number } = {},
): Promise<CausePage & { period: CausePeriod }> =>
  inScope(scope, async (tx) => {
    const [period, serverId] = await Promise.all([
      periodOf(tx, scope, filter.days),
      filter.server ? findServerId(tx, scope, filter.server) : undefined,
    ])
    const ranked = await rankCauses(tx, scope, { ...filter, serverId }, period, ticketsMax)
    const { totals, countedFrom } = ranked
    const rows = await describe(tx, scope, ranked, period, walk)
    const hasCause = totals.all > 0 || (await hasAny(tx, scope))
    return { rows, totals, hasCause, countedFrom, period }
  })

type Told = Pick<CauseRow, 'number' | 'name' | 'pattern' | 'tool'> & {
  slug: string
  people: number
  people_more: boolean
  active: number
  more: boolean
  first_ms: number
  last_ms: number | null
  is_fixed: boolean
  is_answered: boolean | null
  came_back: boolean
}

/** What the index of causes tells of those of a page, each by a walk of its own. */
async function describe(
  tx: Tx,
  { organizationId }: Scope,
  { causes }: Ranked,
  period: CausePeriod,
  walk: number,
): Promise<CauseRow[]> {
  if (causes.length === 0) return []
  const numbers = sql.join(
    causes.map(({ number }) => sql`${number}::int`),
    sql`, `,
  )
  const inPeriod = sql`${dayOf(period, sql`w.created_at`)} >= ${period.since}::date`
  const told = await tx.execute<Told>(sql`
    select ${cause.number} as number, ${cause.name} as name, ${cause.pattern} as pattern,
           ${cause.tool} as tool, ${mcpServer.slug} as slug, met.*,
           coalesce(${firstSeenOf(organizationId, sql`${cause.number}`)}, met.oldest_ms, ${msOf(sql`${cause.createdAt}`)}) as first_ms,
           ${cause.fixedAt} is not null as is_fixed, ${cause.reopenedAt} is not null as came_back,
           ${isAnswered(organizationId)} as is_answered
      from ${cause}
      join ${mcpServer} on ${mcpServer.organizationId} = ${organizationId}
       and ${mcpServer.id} = ${cause.mcpServerId}
     cross join lateral (
       select count(distinct w.reporter_hash) filter (where w.status <> 'spam' and ${inPeriod})::int as people,
              count(*) filter (where w.status in ('open', 'in_progress'))::int as active,
              count(*) = ${walk}::int as more,
              count(*) = ${walk}::int and bool_and(${inPeriod}) as people_more,
              ${msOf(sql`min(w.created_at) filter (where w.status <> 'spam')`)} as oldest_ms,
              ${msOf(sql`max(w.created_at) filter (where w.status <> 'spam')`)} as last_ms
         from (${newestOf(organizationId, sql`${cause.number}`, walk)}) w) met
     where ${cause.organizationId} = ${organizationId} and ${cause.number} in (${numbers})`)
  return causes.flatMap(({ number, n, trend }) => {
    const found = told.find((one) => one.number === number)
    if (!found) return []
    const { name, pattern, tool, slug, people, active, more, first_ms, last_ms } = found
    return {
      ...{ number, name, pattern, tool, serverSlug: slug, n, trend },
      people: { n: people, more: found.people_more },
      active: { n: active, more },
      firstSeen: new Date(first_ms),
      lastSeen: last_ms === null ? null : new Date(last_ms),
      isFixed: found.is_fixed,
      isAnswered: found.is_answered ?? false,
      cameBack: found.came_back,
    }
  })
}

/** Whether its newest version has words. */
const isAnswered = (organizationId: string): SQL => sql`(
  select ${causeAnswer.body} is not null from ${causeAnswer}
   where ${causeAnswer.organizationId} = ${organizationId} and ${causeAnswer.cause} = ${cause.number}
   order by ${causeAnswer.version} desc limit 1)`

async function hasAny(tx: Tx, { organizationId }: Scope): Promise<boolean> {
  const found = await tx
    .select({ number: cause.number })
    .from(cause)
    .where(eq(cause.organizationId, organizationId))
    .limit(1)
  return found.length > 0
}
