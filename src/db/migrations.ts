import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { shipped } from '#src/lib/files.ts'

/** Every migration this program knows, oldest first. The one place that knows where they are kept. */
export function readMigrations(): MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder: shipped('drizzle') })
}
