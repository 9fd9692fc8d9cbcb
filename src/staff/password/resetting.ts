import { and, eq, gt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { passwordReset, staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { hashPassword } from '#src/staff/password.ts'
import { replacePassword } from './replacing.ts'

type Reset = { ok: true; staffId: string; passwordHash: string } | { ok: false; reason: 'gone' }

/** Replaces the password of whoever a link was sent to; the link ends, with all their sessions. */
export async function resetByLink(
  database: Database,
  token: string,
  password: string,
): Promise<Reset> {
  const passwordHash = await hashPassword(password)
  return unscoped(database, 'password', (db) =>
    db.transaction(async (tx) => {
      const [link] = await tx
        .delete(passwordReset)
        .where(
          and(eq(passwordReset.tokenHash, sha256(token)), gt(passwordReset.expiresAt, new Date())),
        )
        .returning({ staffId: passwordReset.staffId })
      if (!link) return { ok: false, reason: 'gone' }
      await replacePassword(tx, { staffId: link.staffId, passwordHash })
      return { ok: true, staffId: link.staffId, passwordHash }
    }),
  )
}

/** The same at the operator's word. Whether there is an account with this e-mail. */
export async function resetByOperator(
  database: Database,
  email: string,
  password: string,
): Promise<boolean> {
  const passwordHash = await hashPassword(password)
  return unscoped(database, 'operator', (db) =>
    db.transaction(async (tx) => {
      const [found] = await tx.select({ id: staff.id }).from(staff).where(eq(staff.email, email))
      return found ? replacePassword(tx, { staffId: found.id, passwordHash }) : false
    }),
  )
}
