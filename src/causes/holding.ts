import { and, eq } from 'drizzle-orm'
import { cause, causeEvent } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { CauseEvent } from './cause.ts'

/** What a form did to a cause; `isChanged` is false where it was so already. */
export type CauseChanged =
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: 'not_found' | 'changed_meanwhile' }

/** A cause that nobody else changes until the transaction ends, or null. */
export async function holdCause(tx: Tx, { organizationId }: Scope, number: number) {
  const [held] = await tx
    .select({ name: cause.name, fixedAt: cause.fixedAt, reopenedAt: cause.reopenedAt })
    .from(cause)
    .where(and(eq(cause.organizationId, organizationId), eq(cause.number, number)))
    .for('update')
  return held ?? null
}

type Happened = Pick<CauseEvent, 'action' | 'oldValue' | 'newValue' | 'createdAt'> & {
  staffId: string
}

/** Writes what staff did to a cause, in the transaction in which they do it. */
export async function recordCauseEvent(
  tx: Tx,
  { organizationId }: Scope,
  number: number,
  happened: Happened,
) {
  await tx.insert(causeEvent).values({ organizationId, cause: number, id: newId(), ...happened })
}
