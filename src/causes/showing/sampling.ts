import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { CauseSample, CauseTicket, Share } from '#src/causes/cause.ts'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { reporterColumns } from '#src/tickets/reporters.ts'

/** A cause's newest tickets whose clients, versions and errors are looked at. */
const sampleMax = 500
/** Values of a kind that are named, most frequent first. */
const sharesMax = 8
const errorsMax = 5
/** Newest tickets that are listed, of as many that are looked at: spam is left out. */
const newestMax = 10
const lookedAtMax = 200

type Row = {
  kind: 'client' | 'server' | 'error' | 'all'
  value: string | null
  version: string | null
  n: number
  number: number
}

/** What a cause's newest tickets have in common. */
export async function sampleCause(
  tx: Tx,
  { organizationId }: Scope,
  cause: number,
): Promise<CauseSample> {
  const rows = await tx.execute<Row>(sql`
    select * from (
      select g.*, row_number() over (partition by g.kind order by g.n desc, g.number desc) as rank
        from (
          select case grouping(r.client, r.client_version, r.server_version, r.error) -- a bit each, set where it is not grouped by
                   when 3 then 'client' when 13 then 'server' when 14 then 'error' else 'all' end as kind,
                 coalesce(r.client, r.server_version, r.error) as value, r.client_version as version,
                 count(*)::int as n, max(r.number)::int as number
            from (
              select ${ticket.number} as number, ${ticket.status} as status,
                     ${ticket.clientName} as client, ${ticket.clientVersion} as client_version,
                     ${ticket.serverVersion} as server_version, ${ticket.failedError} as error
                from ${ticket}
               where ${ofCause(organizationId, cause)}
               order by ${ticket.number} desc
               limit ${sampleMax}::int) r
           where r.status <> 'spam'
           group by grouping sets ((r.client, r.client_version), (r.server_version), (r.error), ())) g) s
     where s.rank <= ${sharesMax}::int
     order by s.kind, s.rank`)
  const of = (kind: Row['kind']): Share[] =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ value, version, n, number }) => ({ value, version, n, number }))
  return {
    tickets: of('all')[0]?.n ?? 0,
    clients: of('client'),
    serverVersions: of('server'),
    errors: of('error')
      .filter(({ value }) => value !== null)
      .slice(0, errorsMax),
  }
}

/** A cause's newest tickets that are no spam, newest first. */
export async function newestTickets(
  tx: Tx,
  { organizationId }: Scope,
  cause: number,
): Promise<CauseTicket[]> {
  const met = tx
    .$with('met')
    .as(
      tx
        .select({ number: ticket.number, status: ticket.status })
        .from(ticket)
        .where(ofCause(organizationId, cause))
        .orderBy(desc(ticket.number))
        .limit(lookedAtMax),
    )
  return tx
    .with(met)
    .select({
      number: ticket.number,
      title: ticket.title,
      status: ticket.status,
      reporter: reporterColumns,
      createdAt: ticket.createdAt,
    })
    .from(met)
    .innerJoin(
      ticket,
      and(eq(ticket.organizationId, organizationId), eq(ticket.number, met.number)),
    )
    .where(ne(met.status, 'spam'))
    .orderBy(desc(met.number))
    .limit(newestMax)
}

const ofCause = (organizationId: string, cause: number): SQL | undefined =>
  and(eq(ticket.organizationId, organizationId), eq(ticket.cause, cause))
