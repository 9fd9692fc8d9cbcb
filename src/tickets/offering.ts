import { eq, sql } from 'drizzle-orm'
import { organization, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'

/** The newest tickets, whose values are offered to filter by. */
const recentMax = 2_000
/** Of each kind, the most frequent ones. */
const offeredMax = 8

const parts = ['tool', 'error', 'client', 'category'] as const
export type Offers = Record<(typeof parts)[number], string[]> & {
  /** The date where the organization is: `2026-11-22`. */
  today: string
}

/** What there is to filter by, most frequent first. */
export async function findOffers(tx: Tx, { organizationId }: Scope): Promise<Offers> {
  const [rows, [at]] = await Promise.all([
    tx.execute<{ part: (typeof parts)[number]; value: string }>(sql`
      with recent as (
        select ${ticket.failedTool} as tool, ${ticket.failedError} as error,
               ${ticket.clientName} as client, ${ticket.category} as category
          from ${ticket}
         where ${ticket.organizationId} = ${organizationId}
         order by ${ticket.number} desc limit ${recentMax}
      ), counted as (
        select case 0 when grouping(tool) then 'tool' when grouping(error) then 'error'
                      when grouping(client) then 'client' else 'category' end as part,
               coalesce(tool, error, client, category) as value, count(*) as n
          from recent group by grouping sets ((tool), (error), (client), (category))
      ), ranked as (
        select *, row_number() over (partition by part order by n desc, value) as rank
          from counted where value is not null
      )
      select part, value from ranked where rank <= ${offeredMax} order by part, rank`),
    tx
      .select({ today: sql<string>`(now() at time zone ${organization.timeZone})::date::text` })
      .from(organization)
      .where(eq(organization.id, organizationId)),
  ])
  const of = (part: (typeof parts)[number]) =>
    rows.filter((row) => row.part === part).map(({ value }) => value)
  return {
    tool: of('tool'),
    error: of('error'),
    client: of('client'),
    category: of('category'),
    today: at?.today ?? '',
  }
}
