import { and, desc, eq, inArray, isNotNull, isNull, ne, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { ticketEvent as event, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { actions } from '#src/tickets/setting.ts'

/** Numbers of what tickets were merged into when they were closed last, to be held with them. */
export async function targetsOf(tx: Tx, scope: Scope, ids: string[]): Promise<number[]> {
  const end = endingsOf(tx, scope, ids)
  const found = await tx.selectDistinct({ into: end.into }).from(end).where(isNotNull(end.into))
  return found.flatMap(({ into }) => into ?? [])
}

/**
 * A ticket that is closed again was closed when it was, and by whom it was: no undoing closes one.
 * Where that was by merging, it points again to what it was merged into, if that can be: to one of
 * those that are held, which nobody merges meanwhile.
 */
export async function restoreEnding(
  tx: Tx,
  scope: Scope,
  ids: string[],
  held: number[],
): Promise<void> {
  if (ids.length === 0) return
  const { organizationId } = scope
  const end = endingsOf(tx, scope, ids)
  const ofEnding = and(eq(ticket.organizationId, organizationId), eq(ticket.id, end.ticketId))
  await tx.update(ticket).set({ closedAt: end.at, closedBy: end.by }).from(end).where(ofEnding)
  const [target, part] = [alias(ticket, 'target'), alias(ticket, 'part')]
  const parts = tx
    .select({ number: part.number })
    .from(part)
    .where(and(eq(part.organizationId, organizationId), eq(part.mergedInto, ticket.number)))
  await tx
    .update(ticket)
    .set({ mergedInto: target.number })
    .from(end)
    .innerJoin(
      target,
      and(
        eq(target.organizationId, organizationId),
        eq(target.number, end.into),
        inArray(target.number, held),
        isNull(target.mergedInto),
      ),
    )
    .where(and(ofEnding, notExists(parts)))
}

/** How tickets were closed last, by what has not been undone. */
function endingsOf(tx: Tx, { organizationId }: Scope, ids: string[]) {
  const undone = alias(event, 'undone')
  const isUndone = and(
    eq(undone.organizationId, organizationId),
    eq(undone.ticketId, event.ticketId),
    eq(undone.changeId, event.changeId),
    ne(undone.id, event.id),
  )
  const isMerging = and(eq(event.action, 'merged'), isNotNull(event.newValue))
  const isClosing = and(eq(event.action, actions.status), eq(event.newValue, 'closed'))
  return tx
    .selectDistinctOn([event.ticketId], {
      ticketId: event.ticketId,
      at: event.createdAt,
      by: event.staffId,
      into: sql<
        number | null
      >`case when ${event.action} = 'merged' then ${event.newValue}::int end`.as('into'),
    })
    .from(event)
    .where(
      and(
        eq(event.organizationId, organizationId),
        inArray(event.ticketId, ids),
        or(isClosing, isMerging),
        notExists(tx.select({ id: undone.id }).from(undone).where(isUndone)),
      ),
    )
    .orderBy(event.ticketId, desc(event.id))
    .as('ending')
}
