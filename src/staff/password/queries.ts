import { and, eq, gt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { passwordReset, staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'

/** Whose password a link lets someone choose, while it can be used. */
export async function readReset(
  database: Database,
  token: string,
): Promise<{ email: string } | null> {
  const [found] = await unscoped(database, 'password', (db) =>
    db
      .select({ email: staff.email })
      .from(passwordReset)
      .innerJoin(staff, eq(staff.id, passwordReset.staffId))
      .where(
        and(eq(passwordReset.tokenHash, sha256(token)), gt(passwordReset.expiresAt, new Date())),
      ),
  )
  return found ?? null
}
