import { mcpServer, mcpServerSlug } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { isResource } from '#src/identity/authorization/resource.ts'
import { newId } from '#src/lib/ids.ts'
import { slugProblem } from '#src/lib/slug.ts'
import { supportDefaults } from './defaults.ts'
import { createKey } from './keys.ts'
import { resourceProblem, type ServerSettings, settingsColumns } from './settings.ts'

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
  const unfit = authProblem(given)
  if (unfit) return { ok: false, field: 'auth', problem: unfit }
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

/** What goes with how a server knows its users, and what does not. */
function authProblem({ auth, issuer, audience, emailClaim, nameClaim }: NewServer): string | null {
  if (auth === 'external')
    return issuer && audience ? null : 'An issuer and an audience go with auth external.'
  if (issuer) return 'An issuer goes with auth external only: with platform the desk is the issuer.'
  if (emailClaim || nameClaim) return 'Names of claims go with auth external only.'
  if (audience && auth === 'none') return 'An audience goes with auth external or platform.'
  return audience && !isResource(audience) ? resourceProblem : null
}
