import { and, eq, gt, inArray, ne, or } from 'drizzle-orm'
import { ticketEvent as event } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { idAt } from '#src/lib/ids.ts'
import { actions, type By, type Held, type Setting } from '#src/tickets/setting.ts'

/** A change that is under way while a list is read has an earlier time, and clocks differ a little. */
export const underWayMs = 1_000

type Asked = By & {
  field: Setting['field']
  /** When who asks was shown the tickets; null where that is not known. */
  seenMs: number | null
}
/** `free`: those that may be changed. `left`: how many others somebody else has changed. */
type Parted = { free: Held[]; left: number }

/**
 * Parts tickets that are held from those a change of many leaves as they are: what somebody else
 * changed since they were shown, and what the same change has touched before, as where its form is
 * sent again after an undo. It touches a ticket once, or it could not be undone.
 */
export async function partFrom(
  tx: Tx,
  { organizationId }: Scope,
  held: Held[],
  { field, staffId, changeId, seenMs }: Asked,
): Promise<Parted> {
  if (held.length === 0) return { free: [], left: 0 }
  const ids = held.map(({ id }) => id)
  const isSince =
    seenMs === null
      ? undefined
      : and(
          gt(event.id, idAt(new Date(seenMs - underWayMs))),
          inArray(
            event.action,
            field === 'status' ? [actions.status, 'merged'] : [actions.priority],
          ),
          ne(event.staffId, staffId),
        )
  const events = await tx
    .select({ ticketId: event.ticketId, staffId: event.staffId })
    .from(event)
    .where(
      and(
        eq(event.organizationId, organizationId),
        inArray(event.ticketId, ids),
        or(eq(event.changeId, changeId), isSince),
      ),
    )
  const touched = new Set(events.map(({ ticketId }) => ticketId))
  const others = events.filter((one) => one.staffId !== staffId)
  return {
    free: held.filter(({ id }) => !touched.has(id)),
    left: new Set(others.map(({ ticketId }) => ticketId)).size,
  }
}
