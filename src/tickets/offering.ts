import { eq, sql } from 'drizzle-orm'
import { cause, organization, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { causeName, type NamedCause } from './causes.ts'

/** The newest tickets, whose values are offered to filter by. */
const recentMax = 2_000
/** Of each kind, the most frequent ones. */
const offeredMax = 8

const parts = ['tool', 'error', 'client', 'category'] as const
type Part = (typeof parts)[number]
export type Offers = Record<Part, string[]> & {
  causes: NamedCause[]
}

/** What there is to filter by, most frequent first. */
export async function findOffers(tx: Tx, { organizationId }: Scope): Promise<Offers> {
  const rows = await tx.execute<{ part: Part | 'cause'; value: string; cause: number | null }>(sql`
      with recent as (
        select ${ticket.failedTool} as tool, ${ticket.failedError} as error,
               ${ticket.clientName} as client, ${ticket.category} as category,
               ${ticket.cause} as cause
          from ${ticket}
         where ${ticket.organizationId} = ${organizationId}
         order by ${ticket.number} desc limit ${recentMax}
      ), counted as (
        select case 0 when grouping(tool) then 'tool' when grouping(error) then 'error'
                      when grouping(client) then 'client' when grouping(category) then 'category'
                      else 'cause' end as part,
               coalesce(tool, error, client, category) as value, cause, count(*) as n
          from recent group by grouping sets ((tool), (error), (client), (category), (cause))
      ), ranked as (
        select *, row_number() over (partition by part order by n desc, value, cause) as rank
          from counted where value is not null or cause is not null
      )
      select r.part, coalesce(r.value, ${causeName}) as value, r.cause
        from ranked r
        left join ${cause} on ${cause.organizationId} = ${organizationId} and ${cause.number} = r.cause
       where r.rank <= ${offeredMax} order by r.part, r.rank`)
  const of = (part: Part) => rows.filter((row) => row.part === part).map(({ value }) => value)
  return {
    tool: of('tool'),
    error: of('error'),
    client: of('client'),
    category: of('category'),
    causes: rows.flatMap(({ cause: number, value: name }) => (number ? [{ number, name }] : [])),
  }
}

/** The date where the organization is: `2026-11-22`. */
export async function findToday(tx: Tx, { organizationId }: Scope): Promise<string> {
  const [at] = await tx
    .select({ today: sql<string>`(now() at time zone ${organization.timeZone})::date::text` })
    .from(organization)
    .where(eq(organization.id, organizationId))
  return at?.today ?? ''
}
