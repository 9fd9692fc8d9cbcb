import { and, eq, type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope } from '#src/db/scope.ts'
import { addDays } from '#src/lib/day.ts'
import type { Range } from './range.ts'

/** The tickets that figures are of. */
export type Period = {
  scope: Scope
  timeZone: string
  range: Range
  serverId?: string | undefined
  tool?: string | undefined
  category?: string | undefined
  priority?: (typeof ticket.$inferSelect)['priority'] | undefined
  client?: string | undefined
}

/** The day a ticket arrived on, by the organization's calendar, as the list's filter has it. */
export const dayOf = ({ timeZone }: Period): SQL =>
  sql`(${ticket.createdAt} at time zone ${timeZone})::date`

/**
 * Tickets of the range and of the days before it, and at either end of some more: the index goes
 * by the clock. What counts by days leaves those out, and looks at each ticket's calendar once.
 */
export function isNear(period: Period): SQL | undefined {
  const { scope, timeZone, range, serverId, tool, category, priority, client } = period
  const at = (day: string) => sql`(${day}::date::timestamp at time zone ${timeZone})`
  return and(
    eq(ticket.organizationId, scope.organizationId),
    sql`${ticket.status} <> 'spam'`,
    sql`${ticket.createdAt} >= ${at(addDays(range.before, -1))}`,
    sql`${ticket.createdAt} < ${at(addDays(range.until, 2))}`,
    serverId ? eq(ticket.mcpServerId, serverId) : undefined,
    tool ? eq(ticket.failedTool, tool) : undefined,
    category ? eq(ticket.category, category) : undefined,
    priority ? eq(ticket.priority, priority) : undefined,
    client ? eq(ticket.clientName, client) : undefined,
  )
}

/**
 * The number of the stretch that a day lies in, from 1, by the days that stretches begin with: 0
 * before the first, and as many as there are from the last on.
 */
export const stretchOf = (day: SQL, begins: string[]): SQL => {
  const days = begins.map((begin) => sql`${begin}::date`)
  return sql`width_bucket(${day}, array[${sql.join(days, sql`, `)}])`
}
