import type postgres from 'postgres'
import { migrate } from './migrate.ts'
import { grantTables, makeAppRole, restrictLogin } from './role.ts'
import { StartError } from './start-error.ts'
import { limitWaits, waitForEver } from './waits.ts'

const lock = 7_263_547_001
const oldestVersion = 150_000

export type Preparation = {
  appRole: string
  /** Whether the pool connects as this login too, and not as the app's role itself. */
  sharesLogin: boolean
}

/**
 * Brings a database up to date for the app's role, in one transaction, so that a pooler in between
 * keeps it on one connection and any number of processes may do it at once. Returns how many
 * migrations were applied.
 */
export async function prepare(sql: postgres.Sql, to: Preparation): Promise<number> {
  return (await sql.begin(async (tx) => {
    await tx`set local role none`
    await waitForEver(tx)
    const [server] = await tx`
      select current_setting('server_version_num')::int as version, session_user as login`
    requireVersion(server?.version)
    await tx`select pg_advisory_xact_lock(${lock})`
    await tx`set local search_path to public`
    const applied = await migrate(tx)
    await makeAppRole(tx, to.appRole, server?.version)
    await grantTables(tx, to.appRole)
    await limitWaits(tx, to.sharesLogin ? server?.login : to.appRole)
    if (to.sharesLogin) await restrictLogin(tx, to.appRole)
    return applied
  })) as number
}

export function requireVersion(version: number): void {
  if (version >= oldestVersion) return
  throw new StartError(
    `The database runs on PostgreSQL ${Math.floor(version / 10_000)}, and mcp-obs needs 15 or newer: upgrade it, or set DATABASE_URL to a newer one.`,
  )
}
