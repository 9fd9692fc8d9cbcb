import { and, eq } from 'drizzle-orm'
import { cause } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { type CauseChanged, holdCause, recordCauseEvent } from './holding.ts'

type Asked = {
  number: number
  /** Null takes the name away: the cause is called by its pattern again. */
  name: string | null
  /** The name that who asks was shown. */
  was: string | null
  staffId: string
}

/** Gives a cause a name, unless somebody else gave it another one than the one that was shown. */
export const renameCause = (scope: Scope, { number, name, was, staffId }: Asked) =>
  inScope(scope, async (tx): Promise<CauseChanged> => {
    const held = await holdCause(tx, scope, number)
    if (!held) return { ok: false, reason: 'not_found' }
    if (held.name === name) return { ok: true, isChanged: false }
    if (held.name !== was) return { ok: false, reason: 'changed_meanwhile' }
    await tx
      .update(cause)
      .set({ name })
      .where(and(eq(cause.organizationId, scope.organizationId), eq(cause.number, number)))
    const event = { oldValue: held.name, newValue: name, staffId, createdAt: new Date() }
    await recordCauseEvent(tx, scope, number, { ...event, action: 'renamed' })
    return { ok: true, isChanged: true }
  })
