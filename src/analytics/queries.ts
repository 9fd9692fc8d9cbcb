import { eq, sql } from 'drizzle-orm'
import { organization, organizationCounter } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { nilId } from '#src/lib/ids.ts'
import { listServers } from '#src/organizations/queries.ts'
import { countAvoided } from './avoided.ts'
import { rankCauses } from './causes.ts'
import { readClosing } from './closing.ts'
import { countTickets } from './counting.ts'
import type { Analytics } from './figures.ts'
import type { Period } from './period.ts'
import { type AnalyticsFilter, type Range, rangeOf } from './range.ts'
import { rankTickets } from './ranking.ts'
import { rankServers } from './servers.ts'
import { inTurn } from './turns.ts'

/** How long the statements of a page may take together. */
const readWithinMs = 8_000
/** For each step that sorts or groups, so that a busy month fits. */
const memory = '16MB'

export type Read = {
  timeZone: string
  today: string
  servers: Awaited<ReturnType<typeof listServers>>
  /** Whether the organization has ever had a ticket. */
  hasTicket: boolean
  range: Range
  /** Missing where they could not be counted in time, or too many ask at once. */
  analytics: Analytics | 'slow' | 'busy'
}

/** All that the page of figures shows, of one moment. */
export async function readAnalytics(
  scope: Scope,
  filter: AnalyticsFilter,
  withinMs = readWithinMs,
): Promise<Read> {
  const [servers, about] = await Promise.all([listServers(scope), readAbout(scope)])
  const range = rangeOf(filter, about.today)
  const chosen = servers.find(({ slug }) => slug === filter.server)
  const { tool, category, priority, client } = filter
  const serverId = filter.server ? (chosen?.id ?? nilId) : undefined
  const { timeZone } = about
  const period: Period = { scope, timeZone, range, serverId, tool, category, priority, client }
  const work = async (tx: Tx): Promise<Analytics> => {
    const until = Date.now() + withinMs
    await tx.execute(sql`set transaction isolation level repeatable read, read only`)
    await tx.execute(sql`select set_config('work_mem', ${memory}, true)`)
    const inTime = async <T>(read: (tx: Tx, period: Period) => Promise<T>) => {
      const leftMs = Math.max(1, until - Date.now())
      await tx.execute(sql`select set_config('statement_timeout', ${String(leftMs)}, true)`)
      return read(tx, period)
    }
    const counted = await inTime(countTickets)
    const closing = await inTime(readClosing)
    const rankings = { ...(await inTime(rankTickets)), cause: await inTime(rankCauses) }
    // The one figure that costs by answers, not by entries of an index: it gives up alone.
    const avoided = await tx
      .transaction((inner) => inTime((_, period) => countAvoided(inner, period)))
      .catch(nullInTime)
    const { now, before, trend } = closing
    const { servers: _, ...counts } = counted
    return {
      range,
      ...counts,
      closing: { now, before, trend },
      servers: rankServers(servers, counted, closing),
      avoided,
      rankings,
    }
  }
  const read = () =>
    inScope(scope, work).catch((thrown: unknown) => nullInTime(thrown) ?? ('slow' as const))
  return { ...about, servers, range, analytics: (await inTurn(read)) ?? 'busy' }
}

const readAbout = (scope: Scope) =>
  inScope(scope, async (tx) => {
    const [[at], [last]] = await Promise.all([
      tx
        .select({
          timeZone: organization.timeZone,
          today: sql<string>`(now() at time zone ${organization.timeZone})::date::text`,
        })
        .from(organization)
        .where(eq(organization.id, scope.organizationId)),
      tx
        .select({ number: organizationCounter.ticketNumber })
        .from(organizationCounter)
        .where(eq(organizationCounter.organizationId, scope.organizationId)),
    ])
    if (!at) throw new Error('the organization is gone')
    return { ...at, hasTicket: (last?.number ?? 0) > 0 }
  })

/** Null of SQLSTATE 57014: the statement took longer than it may. What else was thrown still is. */
function nullInTime(thrown: unknown): null {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown
  if ((cause as { code?: unknown } | null)?.code === '57014') return null
  throw thrown
}
