import { and, asc, eq, inArray } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { type By, heldColumns, type Setting, setOn } from '#src/tickets/setting.ts'
import { type Chosen, stepper } from './chosen.ts'
import { partFrom } from './leaving.ts'

type Asked = By & {
  chosen: Chosen
  setting: Setting
  /** When who asks was shown them, by a clock of the desk; null where that is not known. */
  seenMs: number | null
  /** Below which number to begin: where counting began, or an earlier call stopped. */
  before: number | null
}
/**
 * `left`: those that somebody else changed meanwhile, which are as they were. `before` is null when
 * all is done; else another call goes on there.
 */
type Done = { changed: number; left: number; before: number | null }

const bounds = { batchTickets: 500, workMs: 5_000 }

/**
 * Gives many tickets a status or a priority, in batches, each a transaction with its events. They
 * are one change, that is undone at once. What somebody else changed since they were shown stays.
 */
export async function changeTickets(
  scope: Scope,
  { chosen, setting, seenMs, before, ...by }: Asked,
  { batchTickets, workMs }: typeof bounds = bounds,
): Promise<Done> {
  const until = Date.now() + workMs
  const next = await stepper(scope, chosen)
  const done: Done = { changed: 0, left: 0, before }
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
      const { field, value } = setting
      const others = held.filter((one) => one[field] !== value)
      const { free, left } = await partFrom(tx, scope, others, { ...by, field, seenMs })
      return { changed: await setOn(tx, scope, free, setting, by), left, before: step.before }
    })
    done.changed += batch.changed
    done.left += batch.left
    done.before = batch.before
  } while (done.before !== null && Date.now() < until)
  return done
}
