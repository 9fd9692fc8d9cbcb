import { and, eq, lt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { rateBucket } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { everyScope } from '#src/organizations/queries.ts'

const dayMs = 24 * 3_600_000

/** Deletes the buckets of every organization that have been full again for long. */
export async function sweepBuckets(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - dayMs)
  for (const scope of await everyScope(database))
    await inScope(scope, (tx) =>
      tx
        .delete(rateBucket)
        .where(
          and(
            eq(rateBucket.organizationId, scope.organizationId),
            lt(rateBucket.updatedAt, before),
          ),
        ),
    )
}
