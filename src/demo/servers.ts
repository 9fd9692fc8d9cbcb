import { mcpServer, mcpServerSlug } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { supportDefaults } from '#src/servers/defaults.ts'
import { createKey } from '#src/servers/keys.ts'
import type { McpServer } from '#src/servers/queries.ts'
import { type DemoServer, demoServers } from './content/servers.ts'
import { demoDays } from './rhythm.ts'

const minuteMs = 60_000
const sdkVersion = '0.1.0'

/** The servers of the demo, in the order of `demoServers`. */
export async function plantServers(tx: Tx, scope: Scope, now: Date): Promise<McpServer[]> {
  const servers: McpServer[] = []
  for (const server of demoServers) servers.push(await plantServer(tx, scope, server, now))
  return servers
}

async function plantServer(tx: Tx, scope: Scope, server: DemoServer, now: Date) {
  const { organizationId } = scope
  const id = newId()
  const [row] = await tx
    .insert(mcpServer)
    .values({
      organizationId,
      id,
      slug: await takeSlug(tx, scope, id, server.slug),
      name: server.name,
      auth: server.auth,
      issuer: server.issuer,
      audience: server.audience,
      supportToolEnabled: true,
      supportToolTitle: supportDefaults.title,
      supportToolDescription: server.description,
      supportToolCategories: server.categories,
      contextLevel: server.context,
      sdkSeenAt: new Date(now.getTime() - 2 * minuteMs),
      sdkVersion,
      createdAt: new Date(now.getTime() - demoDays * 24 * 60 * minuteMs),
    })
    .returning()
  if (!row) throw new Error('no server')
  // The sample gets its key with every start.
  if (server !== demoServers[0]) await createKey(tx, scope, id, 'secret')
  return row
}

/** Slugs are shared by all organizations, and a real one may have this one. */
async function takeSlug(tx: Tx, { organizationId }: Scope, mcpServerId: string, wanted: string) {
  for (let n = 0; ; n++) {
    const slug = [wanted, ...(n > 0 ? ['demo'] : []), ...(n > 1 ? [n] : [])].join('-')
    const taken = await tx
      .insert(mcpServerSlug)
      .values({ slug, organizationId, mcpServerId })
      .onConflictDoNothing()
      .returning()
    if (taken.length > 0) return slug
  }
}
