import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { unscoped } from './scope.ts'

/** Resolves when the database answers. */
export async function ping(database: Database): Promise<void> {
  await unscoped(database, 'health', (db) => db.execute(sql`select 1`))
}
