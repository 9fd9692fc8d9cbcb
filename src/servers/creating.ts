import type { AuthMode, ContextLevel } from '#sdk/contract.ts'
import { mcpServer, mcpServerSlug } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { slugProblem } from '#src/lib/slug.ts'
import { supportDefaults } from './defaults.ts'
import { createKey } from './keys.ts'

type NewServer = {
  slug: string
  name: string
  auth: AuthMode
  /** Of the company's own issuer; both or neither. */
  issuer?: string | undefined
  audience?: string | undefined
  support: boolean
  context: ContextLevel
}
type Created = { ok: true; slug: string; key: string } | { ok: false; problem: string }

/** Makes a server, takes its slug for good, and gives it a first key. */
export async function createServer(scope: Scope, given: NewServer): Promise<Created> {
  const wrong = slugProblem(given.slug)
  if (wrong) return { ok: false, problem: `The slug ${wrong}.` }
  if ((given.auth === 'external') !== Boolean(given.issuer && given.audience))
    return {
      ok: false,
      problem: 'An issuer and an audience go with auth external, and only with it.',
    }
  const { organizationId } = scope
  const { slug, name, auth, issuer, audience, support, context } = given
  return inScope(scope, async (tx) => {
    const id = newId()
    const taken = await tx
      .insert(mcpServerSlug)
      .values({ slug, organizationId, mcpServerId: id })
      .onConflictDoNothing()
      .returning()
    if (taken.length === 0) return { ok: false, problem: `The slug ${slug} is taken.` }
    await tx.insert(mcpServer).values({
      organizationId,
      id,
      slug,
      name,
      auth,
      issuer: issuer ?? null,
      audience: audience ?? null,
      supportToolEnabled: support,
      supportToolTitle: supportDefaults.title,
      supportToolDescription: supportDefaults.description,
      supportToolCategories: [...supportDefaults.categories],
      contextLevel: context,
      createdAt: new Date(),
    })
    return { ok: true, slug, key: await createKey(tx, scope, id) }
  })
}
