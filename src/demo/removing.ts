import { and, eq, notExists } from 'drizzle-orm'
import {
  mcpServer,
  mcpServerSlug,
  membership,
  organization,
  organizationCounter,
  rateBucket,
  staff,
} from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'

/** With the servers go their keys, tickets, contexts, events and refused attempts. */
const tables = [mcpServer, mcpServerSlug, rateBucket, organizationCounter]

/**
 * Deletes the demo's organization with everything in it, and the accounts that belong to no other
 * one. False, and nothing done, for an organization that is no demo.
 */
export async function removeDemo(scope: Scope): Promise<boolean> {
  const { organizationId } = scope
  const isDemo = and(eq(organization.id, organizationId), eq(organization.demo, true))
  return inScope(scope, async (tx) => {
    const found = await tx.select().from(organization).where(isDemo).for('update')
    if (found.length === 0) return false
    const members = await tx
      .select({ id: membership.staffId })
      .from(membership)
      .where(eq(membership.organizationId, organizationId))
    for (const table of tables)
      await tx.delete(table).where(eq(table.organizationId, organizationId))
    await tx.delete(organization).where(isDemo)
    for (const { id } of members) await deleteUnlessNeeded(tx, id)
    return true
  })
}

const foreignKeyViolation = '23503'

/** Whom another organization's history names stays, without a membership. */
async function deleteUnlessNeeded(tx: Tx, id: string): Promise<void> {
  const elsewhere = tx.select().from(membership).where(eq(membership.staffId, staff.id))
  try {
    await tx.transaction((attempt) =>
      attempt.delete(staff).where(and(eq(staff.id, id), notExists(elsewhere))),
    )
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as { code?: string }
    if (code !== foreignKeyViolation) throw error
  }
}
