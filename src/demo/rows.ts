import type { TicketContext } from '#sdk/contract.ts'
import type { supportTicket, ticketContext, ticketEvent } from '#src/db/schema.ts'
import { cleanTicket, contextAt } from '#src/intake/cleaning.ts'
import { identify } from '#src/intake/reporter.ts'
import { newTicket } from '#src/intake/row.ts'
import { idAt, sha256 } from '#src/lib/ids.ts'
import type { McpServer } from '#src/servers/queries.ts'
import { type CauseRows, causesOf } from './causes.ts'
import type { InventedTicket } from './inventing.ts'

type Rows = {
  tickets: (typeof supportTicket.$inferInsert)[]
  contexts: (typeof ticketContext.$inferInsert)[]
  events: (typeof ticketEvent.$inferInsert)[]
} & CauseRows

/** What intake and the staff would have stored of the tickets, numbered from 1. */
export function rowsOf(invented: InventedTicket[], servers: McpServer[], staffIds: string[]): Rows {
  const rows: Omit<Rows, keyof CauseRows> = { tickets: [], contexts: [], events: [] }
  const contexts = new Map<string, TicketContext>()
  for (const [index, ticket] of invented.entries()) {
    const server = servers[ticket.server] as McpServer
    const identified = identify(server.auth, server.issuer, ticket.input)
    if (!identified.ok) throw new Error('the demo raised a ticket that its server would refuse')
    const cleaned = cleanTicket(ticket.input)
    const context = contextAt(server.contextLevel, cleaned.context)
    const id = idAt(ticket.createdAt)
    const made = { id, now: ticket.createdAt }
    const { organizationId } = server
    rows.tickets.push({
      ...newTicket(server, cleaned, identified.reporter, context, made),
      ...endOf(ticket, staffIds),
      number: index + 1,
      priority: ticket.priority,
      idempotencyKey: `demo-${index + 1}`,
      requestHash: sha256(JSON.stringify(cleaned)),
    })
    if (context) {
      rows.contexts.push({ organizationId, ticketId: id, contextData: context })
      contexts.set(id, context)
    }
    rows.events.push(...eventsOf(ticket, { organizationId, ticketId: id }, staffIds))
  }
  const { events, ...causes } = causesOf(rows.tickets, contexts, staffIds[0] ?? '')
  rows.events.push(...events)
  return { ...rows, ...causes }
}

/** Where a ticket's last step left it. */
function endOf({ steps }: InventedTicket, staffIds: string[]) {
  const last = steps.at(-1)
  if (!last) return {}
  const { status, at, staff } = last
  const closed = status === 'closed' && { closedAt: at, closedBy: staffIds[staff] ?? null }
  return { status, updatedAt: at, ...closed }
}

function eventsOf(
  { createdAt, steps }: InventedTicket,
  of: { organizationId: string; ticketId: string },
  staffIds: string[],
): Rows['events'] {
  const filed = { ...of, id: idAt(createdAt), action: 'filed' as const, createdAt }
  const changes = steps.map(({ status, at, staff }, index) => ({
    ...of,
    id: idAt(at),
    action: 'status_changed' as const,
    oldValue: steps[index - 1]?.status ?? 'open',
    newValue: status,
    staffId: staffIds[staff] ?? null,
    createdAt: at,
  }))
  return [filed, ...changes]
}
