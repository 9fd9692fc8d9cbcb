import { eq, sql } from 'drizzle-orm'
import { organization } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'

/**
 * Lets the days of the organization begin at the midnight of a time zone. Throws where the database
 * does not know the zone, and changes nothing then.
 */
export const changeTimeZone = (scope: Scope, timeZone: string): Promise<void> =>
  inScope(scope, async (tx) => {
    await tx.execute(sql`select now() at time zone ${timeZone}`)
    await tx.update(organization).set({ timeZone }).where(eq(organization.id, scope.organizationId))
  })
