import { and, asc, eq, inArray } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { type By, heldColumns, type Setting, setOn } from '#src/tickets/setting.ts'
import { type Chosen, stepper } from './chosen.ts'

type Asked = By & {
  chosen: Chosen
  setting: Setting
  /** Below which number to begin: where counting began, or an earlier call stopped. */
  before: number | null
}
/** `before` is null when all is done; else another call goes on there. */
type Done = { changed: number; before: number | null }

const bounds = { batchTickets: 500, workMs: 5_000 }

/**
 * Gives many tickets a status or a priority, in batches, each a transaction with its events. They
 * are one change, that is undone at once.
 */
export async function changeTickets(
  scope: Scope,
  { chosen, setting, staffId, changeId, before }: Asked,
  { batchTickets, workMs }: typeof bounds = bounds,
): Promise<Done> {
  const until = Date.now() + workMs
  const next = await stepper(scope, chosen)
  const done: Done = { changed: 0, before }
  do {
    const batch = await inScope(scope, async (tx) => {
      const step = await next(tx, done.before, batchTickets)
      const held = await tx
        .select(heldColumns)
        .from(ticket)
        .where(
          and(
            eq(ticket.organizationId, scope.organizationId),
            inArray(ticket.number, step.numbers),
          ),
        )
        .orderBy(asc(ticket.number))
        .for('update')
      const changed = await setOn(tx, scope, held, setting, { staffId, changeId })
      return { changed, before: step.before }
    })
    done.changed += batch.changed
    done.before = batch.before
  } while (done.before !== null && Date.now() < until)
  return done
}
