import { and, count, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { type Person, personOf } from './person.ts'
import type { Earlier, Reporter } from './ticket.ts'

/** Earlier tickets are counted up to here: "100+". */
const earlierCountMax = 100

export const reporterColumns = {
  proof: ticket.reporterProof,
  name: ticket.userName,
  email: ticket.userEmail,
  issuer: ticket.mcpUserIssuer,
  subject: ticket.mcpUserId,
}

/** The tickets of a person, through whichever servers of the organization. */
export const ofPerson = ({ issuer, subject }: Person): SQL | undefined =>
  and(eq(ticket.mcpUserIssuer, issuer), eq(ticket.mcpUserId, subject))

/** Who raised a ticket, at which server, or null: the organization has no such number. */
export async function findReporter(
  tx: Tx,
  { organizationId }: Scope,
  number: number,
): Promise<(Reporter & { serverId: string }) | null> {
  const [found] = await tx
    .select({ ...reporterColumns, serverId: ticket.mcpServerId })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.number, number)))
  return found ?? null
}

/** The tickets a person raised before this one. Null: nobody has proven who raised it. */
export async function countEarlier(
  tx: Tx,
  { organizationId }: Scope,
  { number, reporter }: { number: number; reporter: Reporter },
): Promise<Earlier | null> {
  const person = personOf(reporter)
  if (!person) return null
  const walk = tx.$with('walk').as(
    tx
      .select({ status: ticket.status })
      .from(ticket)
      .where(
        and(eq(ticket.organizationId, organizationId), ofPerson(person), lt(ticket.number, number)),
      )
      .orderBy(desc(ticket.number))
      .limit(earlierCountMax + 1),
  )
  const active = sql<number>`(count(*) filter (where ${walk.status} <> 'closed'))::int`
  const [row] = await tx.with(walk).select({ n: count(), active }).from(walk)
  const n = row?.n ?? 0
  return {
    count: { n: Math.min(n, earlierCountMax), more: n > earlierCountMax },
    active: row?.active ?? 0,
  }
}
