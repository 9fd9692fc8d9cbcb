import { and, asc, eq, inArray } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Status } from '#src/tickets/ticket.ts'

type Merging = {
  number: number
  /** Number of the other one, which may have been merged itself: then into the same as that. */
  into: number
  staffId: string
}

export type MergeRefusal =
  | 'no_target'
  | 'itself'
  | 'other_server'
  | 'is_merged'
  | 'has_merged'
  | 'in_spam'
  | 'target_in_spam'
  | 'changed_meanwhile'

type Merged =
  | { ok: true; changeId: string }
  | { ok: false; reason: 'not_found' }
  /** `into`: the number it was about, where there is one. */
  | { ok: false; reason: MergeRefusal; into: number }

/**
 * Makes a ticket a part of another one of the same server: it is closed and points there. Which has
 * parts itself, or is one, can't be merged, so that every pointer leads there in one step.
 */
export function mergeTicket(scope: Scope, { number, into, staffId }: Merging): Promise<Merged> {
  return inScope(scope, async (tx) => {
    const target = await targetOf(tx, scope, into)
    const held = await hold(tx, scope, target ? [number, target] : [number])
    const one = held.find((row) => row.number === number)
    const other = held.find((row) => row.number === target)
    if (!one) return { ok: false, reason: 'not_found' }
    if (one.mergedInto) return { ok: false, reason: 'is_merged', into: one.mergedInto }
    const part = await firstPart(tx, scope, number)
    if (part) return { ok: false, reason: 'has_merged', into: part }
    if (!other) return { ok: false, reason: 'no_target', into }
    const reason = refusal(one, other)
    if (reason) return { ok: false, reason, into }
    const changeId = newId()
    const now = new Date()
    const isClosed = one.status === 'closed'
    await tx
      .update(ticket)
      .set({
        mergedInto: other.number,
        updatedAt: now,
        ...(!isClosed && { status: 'closed', closedAt: now, closedBy: staffId }),
      })
      .where(and(eq(ticket.organizationId, scope.organizationId), eq(ticket.id, one.id)))
    await recordEvent(tx, scope, {
      ticketId: one.id,
      action: 'merged',
      oldValue: one.status,
      newValue: String(other.number),
      staffId,
      changeId,
      createdAt: now,
    })
    return { ok: true, changeId }
  })
}

type Held = {
  id: string
  number: number
  serverId: string
  status: Status
  mergedInto: number | null
}

function refusal(one: Held, other: Held): MergeRefusal | null {
  if (one.id === other.id) return 'itself'
  if (one.serverId !== other.serverId) return 'other_server'
  if (one.status === 'spam') return 'in_spam'
  if (other.status === 'spam') return 'target_in_spam'
  return other.mergedInto ? 'changed_meanwhile' : null
}

/** The ticket that a number leads to: it, or what it was merged into. */
async function targetOf(tx: Tx, { organizationId }: Scope, number: number): Promise<number | null> {
  const [found] = await tx
    .select({ number: ticket.number, mergedInto: ticket.mergedInto })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.number, number)))
  return found ? (found.mergedInto ?? found.number) : null
}

/** In the order of their numbers, so that two mergings wait for each other. */
const hold = (tx: Tx, { organizationId }: Scope, numbers: number[]): Promise<Held[]> =>
  tx
    .select({
      id: ticket.id,
      number: ticket.number,
      serverId: ticket.mcpServerId,
      status: ticket.status,
      mergedInto: ticket.mergedInto,
    })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), inArray(ticket.number, numbers)))
    .orderBy(asc(ticket.number))
    .for('update')

/** A ticket that was merged into this one, or null. */
async function firstPart(tx: Tx, { organizationId }: Scope, number: number) {
  const [part] = await tx
    .select({ number: ticket.number })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.mergedInto, number)))
    .orderBy(asc(ticket.number))
    .limit(1)
  return part?.number ?? null
}
