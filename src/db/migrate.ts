import type { MigrationMeta } from 'drizzle-orm/migrator'
import type { TransactionSql } from 'postgres'
import { readMigrations } from './migrations.ts'
import { StartError } from './start-error.ts'

/**
 * Applies what is missing, inside the caller's transaction and under its lock, and returns how many
 * that were. Keeps drizzle's own books, so that drizzle-kit reads them too.
 */
export async function migrate(tx: TransactionSql, migrations = readMigrations()): Promise<number> {
  const applied = await readApplied(tx)
  refuseUnknown(applied, migrations)
  const missing = migrations.filter((migration) => !applied.has(migration.folderMillis))
  for (const { sql, hash, folderMillis } of missing) {
    for (const statement of sql) await tx.unsafe(statement)
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`
  }
  return missing.length
}

async function readApplied(tx: TransactionSql): Promise<Map<number, string>> {
  const [books] = await tx`select to_regclass('drizzle.__drizzle_migrations') is not null as kept`
  if (!books?.kept) {
    await tx`create schema if not exists drizzle`
    await tx`create table drizzle.__drizzle_migrations
      (id serial primary key, hash text not null, created_at bigint)`
  }
  const rows = await tx`select hash, created_at from drizzle.__drizzle_migrations`
  return new Map(rows.map((row) => [Number(row.created_at), row.hash]))
}

function refuseUnknown(applied: Map<number, string>, migrations: MigrationMeta[]) {
  const known = new Map(migrations.map(({ folderMillis, hash }) => [folderMillis, hash]))
  for (const [when, hash] of applied) {
    const own = known.get(when)
    if (own === undefined)
      throw new StartError(
        'The database was migrated by a newer mcp-obs than this one: start that version, or restore a backup made before the upgrade.',
      )
    if (own !== hash)
      throw new StartError(
        `The migration of ${new Date(when).toISOString()} was changed after it had been applied: restore the file that was released.`,
      )
  }
}
