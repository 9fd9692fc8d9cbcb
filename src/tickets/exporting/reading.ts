import { and, desc, eq, inArray } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import { narrow } from '#src/tickets/narrowing.ts'
import { nextTickets } from '#src/tickets/walking.ts'

const pageTickets = 200

/** What is exported of a ticket, in the order of the columns. */
const columns = {
  number: ticket.number,
  title: ticket.title,
  description: ticket.description,
  status: ticket.status,
  priority: ticket.priority,
  category: ticket.category,
  server: mcpServer.slug,
  reporterProof: ticket.reporterProof,
  reporterName: ticket.userName,
  reporterEmail: ticket.userEmail,
  reporterIssuer: ticket.mcpUserIssuer,
  reporterSubject: ticket.mcpUserId,
  clientName: ticket.clientName,
  clientVersion: ticket.clientVersion,
  failedTool: ticket.failedTool,
  failedError: ticket.failedError,
  raisedAt: ticket.raisedAt,
  createdAt: ticket.createdAt,
  updatedAt: ticket.updatedAt,
  closedAt: ticket.closedAt,
  occurrences: ticket.occurrences,
  mergedInto: ticket.mergedInto,
}
export const columnNames = Object.keys(columns) as (keyof typeof columns)[]
export type ExportedTicket = Awaited<ReturnType<typeof ticketsOf>>[number]

/**
 * All tickets of a list, newest first, a page at a time; each page is a transaction of its own,
 * and is read when it is asked for.
 */
export async function* exportPages(
  scope: Scope,
  filter: TicketFilter,
): AsyncGenerator<ExportedTicket[], void> {
  const { narrowed } = await inScope(scope, (tx) => narrow(tx, scope, refine(filter, {})))
  for (let before: number | null = null; ; ) {
    const page = await inScope(scope, async (tx) => {
      const step = await nextTickets(tx, scope, narrowed, before, pageTickets)
      return { step, tickets: await ticketsOf(tx, scope, step.numbers) }
    })
    if (page.tickets.length > 0) yield page.tickets
    if (page.step.before === null) return
    before = page.step.before
  }
}

const ticketsOf = (tx: Tx, { organizationId }: Scope, numbers: number[]) =>
  tx
    .select(columns)
    .from(ticket)
    .innerJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(and(eq(ticket.organizationId, organizationId), inArray(ticket.number, numbers)))
    .orderBy(desc(ticket.number))
