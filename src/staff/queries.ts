import type { Database } from '#src/db/database.ts'
import { staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'

/** Whether anyone can sign in. */
export async function hasStaff(database: Database): Promise<boolean> {
  const rows = await unscoped(database, 'operator', (db) =>
    db.select({ id: staff.id }).from(staff).limit(1),
  )
  return rows.length > 0
}
