import type { Database } from '#src/db/database.ts'
import { setupToken } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { newSecret, sha256 } from '#src/lib/ids.ts'
import { hasStaff } from '#src/staff/queries.ts'

/**
 * Makes the token of a setup link, unless there is an account. Each start of a desk makes one, and
 * each opens the desk until the first account exists.
 */
export async function openSetup(database: Database): Promise<string | null> {
  if (await hasStaff(database)) return null
  const token = newSecret()
  await unscoped(database, 'set-up', (db) =>
    db.insert(setupToken).values({ tokenHash: sha256(token), createdAt: new Date() }),
  )
  return token
}
