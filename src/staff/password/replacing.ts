import { and, eq, ne } from 'drizzle-orm'
import { passwordReset, session, staff } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'

type Replacement = {
  staffId: string
  passwordHash: string
  /** Hash of the session that goes on. */
  keep?: string
}

/**
 * Replaces a password. What was had by the old one ends with it: sessions, and links for a new
 * one. Whether there is such an account.
 */
export async function replacePassword(
  tx: Tx,
  { staffId, passwordHash, keep = '' }: Replacement,
): Promise<boolean> {
  const changed = await tx
    .update(staff)
    .set({ passwordHash })
    .where(eq(staff.id, staffId))
    .returning({ id: staff.id })
  await tx.delete(passwordReset).where(eq(passwordReset.staffId, staffId))
  await tx.delete(session).where(and(eq(session.staffId, staffId), ne(session.id, keep)))
  return changed.length > 0
}
