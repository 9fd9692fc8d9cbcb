import type { Database } from '#src/db/database.ts'
import { organization, organizationCounter } from '#src/db/schema.ts'
import { inScope, type Scope, scopeTo, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { slugOf, slugProblem } from '#src/lib/slug.ts'

export type Organization = { id: string; slug: string; name: string }
type NewOrganization = { name: string; slug?: string | undefined }
type Created = { ok: true; organization: Organization } | { ok: false; problem: string }

/** Makes an organization and its ticket counter. The slug is made of the name unless given. */
export const createOrganization = (database: Database, given: NewOrganization): Promise<Created> =>
  withNewOrganization(database, (tx, scope) => addOrganization(tx, scope, given))

/** Runs `work` in the scope of an organization to be, so that what belongs to it comes with it. */
export function withNewOrganization<T>(
  database: Database,
  work: (tx: Tx, scope: Scope) => Promise<T>,
): Promise<T> {
  const scope = scopeTo(database, newId())
  return inScope(scope, (tx) => work(tx, scope))
}

/** Makes the organization of a scope. A refusal has written nothing. */
export async function addOrganization(
  tx: Tx,
  { organizationId: id }: Scope,
  { name, slug = slugOf(name) }: NewOrganization,
): Promise<Created> {
  const wrong = slugProblem(slug)
  if (wrong) return { ok: false, problem: `The slug ${wrong}.` }
  const rows = await tx
    .insert(organization)
    .values({ id, slug, name, createdAt: new Date() })
    .onConflictDoNothing()
    .returning()
  if (rows.length === 0) return { ok: false, problem: `There is an organization ${slug} already.` }
  await tx.insert(organizationCounter).values({ organizationId: id, ticketNumber: 0 })
  return { ok: true, organization: { id, slug, name } }
}
