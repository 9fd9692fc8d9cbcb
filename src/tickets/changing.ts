import { and, eq } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { type Held, heldColumns, type Setting, setOn } from './setting.ts'
import type { Status } from './ticket.ts'

type Asked = Setting & {
  number: number
  staffId: string
  /** The value that who asks was shown, where they were. */
  was?: string | undefined
}

/** `changeId` is null where the ticket had the value already. */
export type Changed =
  | { ok: true; changeId: string | null }
  | { ok: false; reason: 'not_found' | 'changed_meanwhile' }

/**
 * Gives a ticket a status or a priority. Where somebody else gave it another one than the one that
 * was shown, nothing changes: who asks may not want it any more.
 */
export function changeTicket(scope: Scope, { number, was, staffId, ...setting }: Asked) {
  return inScope(scope, async (tx): Promise<Changed> => {
    const held = await holdTicket(tx, scope, number)
    if (!held) return { ok: false, reason: 'not_found' }
    const current = held[setting.field]
    if (current === setting.value) return { ok: true, changeId: null }
    if (was !== undefined && was !== current) return { ok: false, reason: 'changed_meanwhile' }
    const changeId = newId()
    await setOn(tx, scope, [held], setting, { staffId, changeId })
    return { ok: true, changeId }
  })
}

/** A ticket that nobody else changes until the transaction ends, or null. */
async function holdTicket(tx: Tx, { organizationId }: Scope, number: number): Promise<Held | null> {
  const [held] = await tx
    .select(heldColumns)
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.number, number)))
    .for('update')
  return held ?? null
}

/** Opens, begins or closes a ticket, or puts it among spam. */
export const changeStatus = (
  scope: Scope,
  { status, ...asked }: { number: number; status: Status; staffId: string },
): Promise<Changed> => changeTicket(scope, { ...asked, field: 'status', value: status })
