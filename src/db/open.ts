import type { Database } from './database.ts'
import type { Client } from './embedded/lease.ts'
import { openSource, type Settings } from './source.ts'
import type { StartError } from './start-error.ts'

const poolMax: Record<Client, number> = { desk: 16, command: 4 }

/**
 * Opens the database: starts or joins the embedded one, or connects to DATABASE_URL; migrates it;
 * and returns a pool held by row-level security. Throws `StartError`. A desk on the embedded
 * database learns by `onLost` that it lost it for good, and has to end.
 */
export async function openDatabase(
  settings: Settings,
  client: Client,
  onLost?: (error: StartError) => void,
): Promise<Database> {
  const source = await openSource(settings, client, onLost)
  try {
    await source.prepare()
    const pool = await source.openPool(poolMax[client])
    return {
      ...pool,
      async close() {
        await pool.close()
        await source.leave()
      },
    }
  } catch (error) {
    await source.leave()
    throw error
  }
}

/** Migrates the database, and returns how many migrations were applied. */
export async function migrateDatabase(settings: Settings): Promise<number> {
  const source = await openSource(settings, 'command')
  try {
    return await source.prepare()
  } finally {
    await source.leave()
  }
}
