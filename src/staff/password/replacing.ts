import { and, eq, ne } from 'drizzle-orm'
import { passwordReset, session, staff } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'

type Replacement = {
  staffId: string
  passwordHash: string
  /** Hash of the session that goes on. */
  keep?: string
  /** The password that was checked: no other is replaced. */
  instead?: string
}

/**
 * Replaces a password. What was had by the old one ends with it: sessions, and links for a new
 * one. False, and nothing ends, where there is no such account.
 */
export async function replacePassword(
  tx: Tx,
  { staffId, passwordHash, keep = '', instead }: Replacement,
): Promise<boolean> {
  const changed = await tx
    .update(staff)
    .set({ passwordHash })
    .where(
      and(
        eq(staff.id, staffId),
        instead === undefined ? undefined : eq(staff.passwordHash, instead),
      ),
    )
    .returning({ id: staff.id })
  if (changed.length === 0) return false
  await tx.delete(passwordReset).where(eq(passwordReset.staffId, staffId))
  await tx.delete(session).where(and(eq(session.staffId, staffId), ne(session.id, keep)))
  return true
}
