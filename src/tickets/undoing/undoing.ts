import { and, asc, count, eq, gt, max, sql } from 'drizzle-orm'
import { ticketEvent as event } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { isFresh } from './fresh.ts'
import { undoParts } from './parts.ts'

type Undo = { changeId: string; staffId: string }
/** `left`: the time was up, and there is more to undo. */
type Undone =
  | { ok: true; tickets: number; left: boolean }
  | { ok: false; reason: 'not_found' | 'too_late' }

const bounds = { batchTickets: 500, workMs: 5_000 }

/**
 * Puts back what a change left: each of its tickets that still has the value it gave, once. What
 * somebody has changed since stays. Works in batches, each a transaction with its events; another
 * call goes on where this one stopped.
 */
export async function undoChange(
  scope: Scope,
  by: Undo,
  { batchTickets, workMs }: typeof bounds = bounds,
): Promise<Undone> {
  const until = Date.now() + workMs
  if (!(await inScope(scope, (tx) => exists(tx, scope, by.changeId))))
    return { ok: false, reason: 'not_found' }
  if (!isFresh(by.changeId)) return { ok: false, reason: 'too_late' }
  let tickets = 0
  for (let done: string | undefined; ; ) {
    const batch = await inScope(scope, async (tx) => {
      const parts = await nextParts(tx, scope, by.changeId, done, batchTickets)
      return { last: parts.at(-1)?.ticketId, undone: await undoParts(tx, scope, parts, by) }
    })
    tickets += batch.undone
    if (!batch.last) return { ok: true, tickets, left: false }
    done = batch.last
    if (Date.now() >= until) return { ok: true, tickets, left: true }
  }
}

async function exists(tx: Tx, { organizationId }: Scope, changeId: string): Promise<boolean> {
  const found = await tx
    .select({ id: event.id })
    .from(event)
    .where(and(eq(event.organizationId, organizationId), eq(event.changeId, changeId)))
    .limit(1)
  return found.length > 0
}

/** What a change did to a ticket. */
export type Part = { ticketId: string; action: string; old: string | null; new: string | null }

/** The next tickets of a change; one with two of its events has been undone. */
const nextParts = (
  tx: Tx,
  { organizationId }: Scope,
  changeId: string,
  after: string | undefined,
  limit: number,
): Promise<Part[]> =>
  tx
    .select({
      ticketId: event.ticketId,
      action: sql<string>`min(${event.action})`,
      old: max(event.oldValue),
      new: max(event.newValue),
    })
    .from(event)
    .where(
      and(
        eq(event.organizationId, organizationId),
        eq(event.changeId, changeId),
        after ? gt(event.ticketId, after) : undefined,
      ),
    )
    .groupBy(event.ticketId)
    .having(eq(count(), 1))
    .orderBy(asc(event.ticketId))
    .limit(limit)
