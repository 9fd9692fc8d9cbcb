import { and, eq, sql } from 'drizzle-orm'
import { cause } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'

/** What tickets have in common, under the name that staff gave it or else as its error reads. */
export type NamedCause = { number: number; name: string }

export const causeName = sql<string>`coalesce(${cause.name}, ${cause.pattern})`

/** A cause by its number, or null: the organization has none of it. */
export async function findCause(
  tx: Tx,
  { organizationId }: Scope,
  number: number,
): Promise<NamedCause | null> {
  const [found] = await tx
    .select({ number: cause.number, name: causeName })
    .from(cause)
    .where(and(eq(cause.organizationId, organizationId), eq(cause.number, number)))
  return found ?? null
}
