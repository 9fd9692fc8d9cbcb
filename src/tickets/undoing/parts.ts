import { and, asc, eq, inArray, or } from 'drizzle-orm'
import { z } from 'zod'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { setBlocked } from '#src/tickets/blocking.ts'
import { unmerge } from '#src/tickets/merging/unmerging.ts'
import {
  actions,
  type By,
  type Held,
  heldColumns,
  type Setting,
  setOn,
} from '#src/tickets/setting.ts'
import { priorities, statuses } from '#src/tickets/ticket.ts'
import { restoreEnding, targetsOf } from './endings.ts'
import type { Part } from './undoing.ts'

/** Puts back what is still as it was left; answers on how many tickets. */
export async function undoParts(tx: Tx, scope: Scope, parts: Part[], by: By): Promise<number> {
  const merged = parts.filter(({ action }) => action === 'merged')
  let undone = await unmerge(tx, scope, merged, by)
  for (const { action, ticketId } of parts) {
    if (!action.startsWith('reporter_')) continue
    const changed = await setBlocked(tx, scope, ticketId, action === 'reporter_unblocked', by)
    if (changed === true) undone += 1
  }
  const settings = parts.flatMap(({ ticketId, action, old, new: left }) =>
    old && left && action !== 'merged' ? [{ ticketId, left, setting: settingOf(action, old) }] : [],
  )
  if (settings.length === 0) return undone
  const ids = settings.map(({ ticketId }) => ticketId)
  const isClosing = settings.some(({ setting }) => setting.value === 'closed')
  const targets = isClosing ? await targetsOf(tx, scope, ids) : []
  const held = await holdTickets(tx, scope, ids, targets)
  const groups = Map.groupBy(settings, ({ setting }) => `${setting.field} ${setting.value}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const { setting } = first
    const leftAs = new Map(group.map(({ ticketId, left }) => [ticketId, left]))
    const still = held.filter(
      (one) => leftAs.get(one.id) === one[setting.field] && !isMergedSince(one, setting),
    )
    undone += await setOn(tx, scope, still, setting, by)
    if (setting.value === 'closed')
      await restoreEnding(
        tx,
        scope,
        still.map(({ id }) => id),
        targets,
      )
  }
  return undone
}

/** Nothing but merging leaves a ticket merged. */
const isMergedSince = ({ mergedInto }: Held, { field }: Setting): boolean =>
  field === 'status' && mergedInto !== null

/** What a change took away, which events hold as text of ours. */
const settingOf = (action: string, old: string): Setting =>
  action === actions.status
    ? { field: 'status', value: z.enum(statuses).parse(old) }
    : { field: 'priority', value: z.enum(priorities).parse(old) }

/**
 * With what they may point to again, and in the order of their numbers, as who merges holds them.
 */
const holdTickets = (
  tx: Tx,
  { organizationId }: Scope,
  ids: string[],
  targets: number[],
): Promise<Held[]> =>
  tx
    .select(heldColumns)
    .from(ticket)
    .where(
      and(
        eq(ticket.organizationId, organizationId),
        or(inArray(ticket.id, ids), inArray(ticket.number, targets)),
      ),
    )
    .orderBy(asc(ticket.number))
    .for('update')
