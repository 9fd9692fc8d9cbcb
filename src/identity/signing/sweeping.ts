import { and, eq, exists, gt, lt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { signingKey } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { goneBefore } from './schedule.ts'

/** Deletes an organization's signing keys that are published no more. */
export async function sweepSigningKeys(scope: Scope, now: Date): Promise<void> {
  const { organizationId } = scope
  const successor = alias(signingKey, 'successor')
  await inScope(scope, (tx) =>
    tx.delete(signingKey).where(
      and(
        eq(signingKey.organizationId, organizationId),
        exists(
          tx
            .select()
            .from(successor)
            .where(
              and(
                eq(successor.organizationId, organizationId),
                eq(successor.mcpServerId, signingKey.mcpServerId),
                gt(successor.generation, signingKey.generation),
                lt(successor.createdAt, goneBefore(now)),
              ),
            ),
        ),
      ),
    ),
  )
}
