import { and, eq } from 'drizzle-orm'
import { cause } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { standsSince } from './cause.ts'
import { type CauseChanged, holdCause, recordCauseEvent } from './holding.ts'

type Asked = {
  number: number
  fixed: boolean
  /** How it stood when it was shown to who asks, by `standsSince`. */
  was: string
  staffId: string
}

/**
 * Marks a cause fixed, from now on: a ticket that is raised later reopens it. Or takes that back;
 * that a ticket reopened it is forgotten with the next time it is marked fixed, by somebody who was
 * shown so.
 */
export const fixCause = (scope: Scope, { number, fixed, was, staffId }: Asked) =>
  inScope(scope, async (tx): Promise<CauseChanged> => {
    const held = await holdCause(tx, scope, number)
    if (!held) return { ok: false, reason: 'not_found' }
    if ((held.fixedAt !== null) === fixed) return { ok: true, isChanged: false }
    if (standsSince(held) !== was) return { ok: false, reason: 'changed_meanwhile' }
    const now = new Date()
    await tx
      .update(cause)
      .set(fixed ? { fixedAt: now, reopenedAt: null } : { fixedAt: null })
      .where(and(eq(cause.organizationId, scope.organizationId), eq(cause.number, number)))
    const event = { oldValue: null, newValue: null, staffId, createdAt: now }
    await recordCauseEvent(tx, scope, number, { ...event, action: fixed ? 'fixed' : 'unfixed' })
    return { ok: true, isChanged: true }
  })
