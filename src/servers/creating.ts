import { mcpServer, mcpServerSlug } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { slugProblem } from '#src/lib/slug.ts'
import { supportDefaults } from './defaults.ts'
import { createKey } from './keys.ts'
import { type ServerSettings, settingsColumns } from './settings.ts'

/** The tool's words have defaults. */
type Words = 'title' | 'description' | 'categories'
type NewServer = { slug: string } & Omit<ServerSettings, Words> &
  Partial<Pick<ServerSettings, Words>>
type Created =
  | { ok: true; slug: string; key: string }
  | { ok: false; field: 'slug' | 'auth'; problem: string }

/** Makes a server, takes its slug, and gives it a first secret key. */
export async function createServer(scope: Scope, given: NewServer): Promise<Created> {
  const wrong = slugProblem(given.slug)
  if (wrong) return { ok: false, field: 'slug', problem: `The slug ${wrong}.` }
  if ((given.auth === 'external') !== Boolean(given.issuer && given.audience))
    return {
      ok: false,
      field: 'auth',
      problem: 'An issuer and an audience go with auth external, and only with it.',
    }
  if (given.auth !== 'external' && (given.emailClaim || given.nameClaim))
    return { ok: false, field: 'auth', problem: 'Names of claims go with auth external only.' }
  const { organizationId } = scope
  const { slug } = given
  return inScope(scope, async (tx) => {
    const id = newId()
    const taken = await tx
      .insert(mcpServerSlug)
      .values({ slug, organizationId, mcpServerId: id })
      .onConflictDoNothing()
      .returning()
    if (taken.length === 0)
      return { ok: false, field: 'slug', problem: `The slug ${slug} is taken.` }
    const columns = settingsColumns({ ...supportDefaults, ...given })
    await tx
      .insert(mcpServer)
      .values({ organizationId, id, slug, ...columns, createdAt: new Date() })
    return { ok: true, slug, key: await createKey(tx, scope, id, 'secret') }
  })
}
