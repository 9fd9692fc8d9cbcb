import { eq } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { organization } from '#src/db/schema.ts'
import { type Scope, unscoped } from '#src/db/scope.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'

/** Leave to work in the demo's organization, for the operator who starts it. */
export async function openDemo(database: Database): Promise<Scope> {
  const [demo] = await unscoped(database, 'operator', (db) =>
    db.select({ slug: organization.slug }).from(organization).where(eq(organization.demo, true)),
  )
  const found = demo && (await organizationBySlug(database, demo.slug))
  if (!found) throw new Error('there is no demo')
  return found.scope
}
