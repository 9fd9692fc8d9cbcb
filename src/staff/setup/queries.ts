import { eq } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { setupToken } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'

/** Whether a setup link has this token. Whether there is an account already is another question. */
export async function isSetupToken(database: Database, token: string): Promise<boolean> {
  const rows = await unscoped(database, 'set-up', (db) =>
    db
      .select()
      .from(setupToken)
      .where(eq(setupToken.tokenHash, sha256(token))),
  )
  return rows.length > 0
}
