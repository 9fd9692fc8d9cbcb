import { and, eq, lt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { passwordReset, staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { newSecret, sha256 } from '#src/lib/ids.ts'

const linkLastsMs = 3_600_000

/** Makes the token of a link for a new password, if there is an account with this e-mail. */
export const requestReset = (
  database: Database,
  email: string,
): Promise<{ token: string; email: string } | null> =>
  unscoped(database, 'password', (db) =>
    db.transaction(async (tx) => {
      const [found] = await tx
        .select({ id: staff.id, email: staff.email })
        .from(staff)
        .where(eq(staff.email, email))
      if (!found) return null
      const now = new Date()
      await tx
        .delete(passwordReset)
        .where(and(eq(passwordReset.staffId, found.id), lt(passwordReset.expiresAt, now)))
      const token = newSecret()
      await tx.insert(passwordReset).values({
        tokenHash: sha256(token),
        staffId: found.id,
        expiresAt: new Date(now.getTime() + linkLastsMs),
      })
      return { token, email: found.email }
    }),
  )
