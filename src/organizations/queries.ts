import { asc, eq } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { mcpServer, mcpServerSlug, membership, organization } from '#src/db/schema.ts'
import { inScope, type Scope, scopeTo, unscoped } from '#src/db/scope.ts'
import { nilId } from '#src/lib/ids.ts'

const columns = { id: organization.id, slug: organization.slug, name: organization.name }

/** The organizations someone of the staff belongs to, by name. */
export const organizationsOf = (database: Database, staffId: string) =>
  unscoped(database, 'membership', (db) =>
    db
      .select(columns)
      .from(membership)
      .innerJoin(organization, eq(organization.id, membership.organizationId))
      .where(eq(membership.staffId, staffId))
      .orderBy(asc(organization.name)),
  )

/** The organization a slug names, if the staff member belongs to it, and leave to work in it. */
export async function openOrganization(database: Database, staffId: string, slug: string) {
  const memberships = await unscoped(database, 'membership', (db) =>
    db
      .select({ ...columns, demo: organization.demo, role: membership.role })
      .from(membership)
      .innerJoin(organization, eq(organization.id, membership.organizationId))
      .where(eq(membership.staffId, staffId)),
  )
  const found = memberships.find((candidate) => candidate.slug === slug)
  if (!found) return null
  const { role, ...rest } = found
  const hasOthers = memberships.length > 1
  return { organization: rest, role, hasOthers, scope: scopeTo(database, rest.id) }
}

/** The organization's servers, as the sidebar and the inbox name them, by slug. */
export const listServers = (scope: Scope) =>
  inScope(scope, (tx) =>
    tx
      .select({
        id: mcpServer.id,
        slug: mcpServer.slug,
        name: mcpServer.name,
        enabled: mcpServer.enabled,
      })
      .from(mcpServer)
      .where(eq(mcpServer.organizationId, scope.organizationId))
      .orderBy(asc(mcpServer.slug)),
  )

/**
 * Where a server's address leads: leave to look into its organization for whoever proves to be one
 * of its callers. An unknown slug leads nowhere, and costs the same queries after it.
 */
export async function openAddress(database: Database, slug: string) {
  const [at] = await unscoped(database, 'server address', (db) =>
    db.select().from(mcpServerSlug).where(eq(mcpServerSlug.slug, slug)),
  )
  const scope = scopeTo(database, at?.organizationId ?? nilId)
  return { known: Boolean(at), scope, serverId: at?.mcpServerId ?? nilId }
}

/** For the operator at the command line. */
export async function organizationBySlug(
  database: Database,
  slug: string,
): Promise<{ id: string; scope: Scope } | null> {
  const [found] = await unscoped(database, 'operator', (db) =>
    db.select(columns).from(organization).where(eq(organization.slug, slug)),
  )
  return found ? { id: found.id, scope: scopeTo(database, found.id) } : null
}

/** Leave to work in each organization in turn, for what has to be done in all. */
export async function everyScope(database: Database): Promise<Scope[]> {
  const rows = await unscoped(database, 'sweep', (db) =>
    db.select({ id: organization.id }).from(organization),
  )
  return rows.map(({ id }) => scopeTo(database, id))
}
