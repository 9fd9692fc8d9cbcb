import { and, asc, desc, eq, inArray, lt, notExists } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { ticketEvent as event, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { setBlocked } from '#src/tickets/blocking.ts'
import {
  actions,
  type By,
  type Held,
  heldColumns,
  type Setting,
  setOn,
} from '#src/tickets/setting.ts'
import { priorities, statuses } from '#src/tickets/ticket.ts'
import type { Part } from './undoing.ts'

/** Puts back what is still as it was left; answers on how many tickets. */
export async function undoParts(tx: Tx, scope: Scope, parts: Part[], by: By): Promise<number> {
  let undone = 0
  for (const { action, ticketId } of parts) {
    if (!action.startsWith('reporter_')) continue
    const changed = await setBlocked(tx, scope, ticketId, action === 'reporter_unblocked', by)
    if (changed === true) undone += 1
  }
  const settings = parts.flatMap(({ ticketId, action, old, new: left }) =>
    old && left ? [{ ticketId, left, setting: settingOf(action, old) }] : [],
  )
  if (settings.length === 0) return undone
  const held = await holdTickets(
    tx,
    scope,
    settings.map(({ ticketId }) => ticketId),
  )
  const groups = Map.groupBy(settings, ({ setting }) => `${setting.field} ${setting.value}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const { setting } = first
    const leftAs = new Map(group.map(({ ticketId, left }) => [ticketId, left]))
    const still = held.filter((one) => leftAs.get(one.id) === one[setting.field])
    undone += await setOn(tx, scope, still, setting, by)
    if (setting.value === 'closed') await restoreEnding(tx, scope, still)
  }
  return undone
}

/** What a change took away, which events hold as text of ours. */
const settingOf = (action: string, old: string): Setting =>
  action === actions.status
    ? { field: 'status', value: z.enum(statuses).parse(old) }
    : { field: 'priority', value: z.enum(priorities).parse(old) }

const holdTickets = (tx: Tx, { organizationId }: Scope, ids: string[]): Promise<Held[]> =>
  tx
    .select(heldColumns)
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), inArray(ticket.id, ids)))
    .orderBy(asc(ticket.number))
    .for('update')

/** A ticket that is closed again was closed when it was, and by whom it was: no undoing closes one. */
async function restoreEnding(tx: Tx, { organizationId }: Scope, closed: Held[]): Promise<void> {
  const ids = closed.map(({ id }) => id)
  const undone = alias(event, 'undone')
  const isUndoneBy = and(
    eq(undone.organizationId, organizationId),
    eq(undone.ticketId, event.ticketId),
    eq(undone.changeId, event.changeId),
    lt(undone.id, event.id),
  )
  const end = tx
    .selectDistinctOn([event.ticketId], {
      ticketId: event.ticketId,
      at: event.createdAt,
      by: event.staffId,
    })
    .from(event)
    .where(
      and(
        eq(event.organizationId, organizationId),
        inArray(event.ticketId, ids),
        eq(event.action, actions.status),
        eq(event.newValue, 'closed'),
        notExists(tx.select({ id: undone.id }).from(undone).where(isUndoneBy)),
      ),
    )
    .orderBy(event.ticketId, desc(event.id))
    .as('ending')
  await tx
    .update(ticket)
    .set({ closedAt: end.at, closedBy: end.by })
    .from(end)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.id, end.ticketId)))
}
