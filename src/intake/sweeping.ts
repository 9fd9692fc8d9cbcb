import { and, eq, lt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { rateBucket, refusedAttempt } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { everyScope } from '#src/organizations/queries.ts'
import { refusalsKeptMs } from '#src/servers/refusals.ts'

const dayMs = 24 * 3_600_000

/** Deletes, of every organization, the buckets that are full again and the refusals that are no news. */
export async function sweepIntake(database: Database, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  for (const scope of await everyScope(database)) {
    const { organizationId } = scope
    await inScope(scope, async (tx) => {
      await tx
        .delete(rateBucket)
        .where(
          and(
            eq(rateBucket.organizationId, organizationId),
            lt(rateBucket.updatedAt, before(dayMs)),
          ),
        )
      await tx
        .delete(refusedAttempt)
        .where(
          and(
            eq(refusedAttempt.organizationId, organizationId),
            lt(refusedAttempt.lastAt, before(refusalsKeptMs)),
          ),
        )
    })
  }
}
