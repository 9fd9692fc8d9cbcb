import { eq } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'

/** Gives someone the name that they chose. */
export const renameStaff = (database: Database, staffId: string, name: string) =>
  unscoped(database, 'profile', async (db) => {
    await db.update(staff).set({ name }).where(eq(staff.id, staffId))
  })
