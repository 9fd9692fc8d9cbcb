import type { Database } from '#src/db/database.ts'
import { organization, organizationCounter } from '#src/db/schema.ts'
import { inScope, scopeTo } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { slugOf, slugProblem } from '#src/lib/slug.ts'

export type Organization = { id: string; slug: string; name: string }
type Created = { ok: true; organization: Organization } | { ok: false; problem: string }

/** Makes an organization and its ticket counter. The slug is made of the name unless given. */
export async function createOrganization(
  database: Database,
  { name, slug = slugOf(name) }: { name: string; slug?: string },
): Promise<Created> {
  const wrong = slugProblem(slug)
  if (wrong) return { ok: false, problem: `The slug ${wrong}.` }
  const id = newId()
  return inScope(scopeTo(database, id), async (tx) => {
    const rows = await tx
      .insert(organization)
      .values({ id, slug, name, createdAt: new Date() })
      .onConflictDoNothing()
      .returning()
    if (rows.length === 0)
      return { ok: false, problem: `There is an organization ${slug} already.` }
    await tx.insert(organizationCounter).values({ organizationId: id, ticketNumber: 0 })
    return { ok: true, organization: { id, slug, name } }
  })
}
