import { and, asc, eq } from 'drizzle-orm'
import {
  mcpServer,
  staff,
  supportTicket as ticket,
  ticketContext,
  ticketEvent,
} from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { findAccount } from './account.ts'
import { countEarlier, reporterColumns } from './reporters.ts'
import type { TicketDetail } from './ticket.ts'

/** The columns of a line of the list; never the description or the context. */
export const rowColumns = {
  number: ticket.number,
  title: ticket.title,
  status: ticket.status,
  priority: ticket.priority,
  category: ticket.category,
  serverSlug: mcpServer.slug,
  reporter: reporterColumns,
  failedTool: ticket.failedTool,
  failedError: ticket.failedError,
  trail: ticket.trail,
  createdAt: ticket.createdAt,
}

/** One ticket with everything its page shows, or null. */
export async function findTicket(
  tx: Tx,
  scope: Scope,
  number: number,
): Promise<TicketDetail | null> {
  const { organizationId } = scope
  const [found] = await tx
    .select({
      ...rowColumns,
      id: ticket.id,
      serverId: ticket.mcpServerId,
      description: ticket.description,
      raisedAt: ticket.raisedAt,
      updatedAt: ticket.updatedAt,
      closedAt: ticket.closedAt,
      sessionId: ticket.sessionId,
      userAgent: ticket.userAgent,
      server: { slug: mcpServer.slug, name: mcpServer.name, auth: mcpServer.auth },
    })
    .from(ticket)
    .innerJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.number, number)))
  if (!found) return null
  const { id, serverId, ...detail } = found
  const [context, earlier, account, events] = await Promise.all([
    tx
      .select({ data: ticketContext.contextData })
      .from(ticketContext)
      .where(and(eq(ticketContext.organizationId, organizationId), eq(ticketContext.ticketId, id))),
    countEarlier(tx, scope, found),
    findAccount(tx, scope, found),
    tx
      .select({
        id: ticketEvent.id,
        action: ticketEvent.action,
        oldValue: ticketEvent.oldValue,
        newValue: ticketEvent.newValue,
        staffName: staff.name,
        createdAt: ticketEvent.createdAt,
      })
      .from(ticketEvent)
      .leftJoin(staff, eq(staff.id, ticketEvent.staffId))
      .where(and(eq(ticketEvent.organizationId, organizationId), eq(ticketEvent.ticketId, id)))
      .orderBy(asc(ticketEvent.id)),
  ])
  return { ...detail, context: context[0]?.data ?? null, earlier, account, events }
}
