import type { Config } from '#src/config.ts'
import type { Database } from '#src/db/database.ts'
import { openDatabase } from '#src/db/open.ts'
import type { Scope } from '#src/db/scope.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'
import type { Outcome } from './command.ts'

/** Runs a command's work beside a running desk or without one. */
export async function withDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config, 'command')
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** The same inside the organization that a slug names. */
export const withOrganization = (
  config: Config,
  slug: string,
  work: (database: Database, organization: { id: string; scope: Scope }) => Promise<Outcome>,
): Promise<Outcome> =>
  withDatabase(config, async (database) => {
    const organization = await organizationBySlug(database, slug)
    if (!organization) return { ok: false, problem: `There is no organization ${slug}.` }
    return work(database, organization)
  })
