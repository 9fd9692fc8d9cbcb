import { and, desc, eq } from 'drizzle-orm'
import {
  mcpServer,
  staff,
  supportTicket as ticket,
  ticketContext,
  ticketEvent,
  ticketNote,
} from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { findAccount } from '#src/tickets/account.ts'
import { isBlocked } from '#src/tickets/blocking.ts'
import { findMerging } from '#src/tickets/merging/queries.ts'
import { rowColumns } from '#src/tickets/queries.ts'
import { countEarlier } from '#src/tickets/reporters.ts'
import type { TicketDetail, TicketEvent } from '#src/tickets/ticket.ts'
import { listOccurrences } from './occurrences.ts'
import { findSimilar } from './similar.ts'

/** Of a longer history the newest are shown. */
const eventsMax = 500

/** What a ticket's page shows, or null: the organization has no such number. */
export const readTicket = (scope: Scope, number: number): Promise<TicketDetail | null> =>
  inScope(scope, (tx) => findTicket(tx, scope, number))

/** One ticket with everything its page shows, or null. */
async function findTicket(tx: Tx, scope: Scope, number: number): Promise<TicketDetail | null> {
  const { organizationId } = scope
  const [found] = await tx
    .select({
      ...rowColumns,
      id: ticket.id,
      description: ticket.description,
      raisedAt: ticket.raisedAt,
      updatedAt: ticket.updatedAt,
      closedAt: ticket.closedAt,
      sessionId: ticket.sessionId,
      userAgent: ticket.userAgent,
      server: {
        id: mcpServer.id,
        slug: mcpServer.slug,
        name: mcpServer.name,
        auth: mcpServer.auth,
      },
    })
    .from(ticket)
    .innerJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.number, number)))
  if (!found) return null
  const { id, server, ...detail } = found
  const { id: serverId, ...named } = server
  const [context, earlier, account, similar, again, merging, events, notes, blocked] =
    await Promise.all([
      findContext(tx, scope, id),
      countEarlier(tx, scope, found),
      findAccount(tx, scope, { serverId, reporter: detail.reporter }),
      findSimilar(tx, scope, found),
      found.occurrences > 1 ? listOccurrences(tx, scope, id) : [],
      findMerging(tx, scope, { ...found, serverId }),
      listEvents(tx, scope, id),
      listNotes(tx, scope, id),
      isBlocked(tx, scope, serverId, detail.reporter),
    ])
  const known = { context, earlier, account, similar, again, merging, events, notes }
  return { ...detail, ...known, server: named, isBlocked: blocked }
}

async function findContext(tx: Tx, { organizationId }: Scope, ticketId: string) {
  const [found] = await tx
    .select({ data: ticketContext.contextData })
    .from(ticketContext)
    .where(
      and(eq(ticketContext.organizationId, organizationId), eq(ticketContext.ticketId, ticketId)),
    )
  return found?.data ?? null
}

async function listEvents(
  tx: Tx,
  { organizationId }: Scope,
  ticketId: string,
): Promise<TicketEvent[]> {
  const newest = await tx
    .select({
      id: ticketEvent.id,
      action: ticketEvent.action,
      oldValue: ticketEvent.oldValue,
      newValue: ticketEvent.newValue,
      changeId: ticketEvent.changeId,
      staffName: staff.name,
      createdAt: ticketEvent.createdAt,
    })
    .from(ticketEvent)
    .leftJoin(staff, eq(staff.id, ticketEvent.staffId))
    .where(and(eq(ticketEvent.organizationId, organizationId), eq(ticketEvent.ticketId, ticketId)))
    .orderBy(desc(ticketEvent.id))
    .limit(eventsMax)
  return newest.reverse()
}

async function listNotes(tx: Tx, { organizationId }: Scope, ticketId: string) {
  const notes = await tx
    .select({ id: ticketNote.id, body: ticketNote.body })
    .from(ticketNote)
    .where(and(eq(ticketNote.organizationId, organizationId), eq(ticketNote.ticketId, ticketId)))
    .orderBy(desc(ticketNote.id))
    .limit(eventsMax)
  return Object.fromEntries(notes.map(({ id, body }) => [id, body]))
}
