import { and, asc, count, desc, eq, gt, isNull, ne, type SQL } from 'drizzle-orm'
import { mcpServer, refusedAttempt, serverKey, supportTicket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { openAddress } from '#src/organizations/queries.ts'
import { serverAddress } from '#src/web/host.ts'
import type { Desk } from '#src/web/route.ts'
import type { KeyKind } from './keys.ts'
import { ticketCountMax } from './limits.ts'
import { refusalsKeptMs } from './refusals.ts'

export type McpServer = typeof mcpServer.$inferSelect

/** A server whose key was right, and leave to work in its organization. */
export type AdmittedServer = {
  server: McpServer
  /** Its canonical address, and the issuer of its end-users where the desk signs them in. */
  address: string
  scope: Scope
  key: { id: string; kind: KeyKind; hash: Uint8Array; lastUsedAt: Date | null }
}

/** Where a slug leads, and whom the key admits there. */
type AtSlug = {
  known: { scope: Scope; serverId: string } | null
  admitted: AdmittedServer | null
}

/**
 * The server at a slug, if it is enabled and the key is one of its active ones. An unknown slug
 * costs the same two queries, so that the time tells nothing.
 */
export async function serverByKey(
  { database, config }: Pick<Desk, 'database' | 'config'>,
  slug: string,
  key: string,
): Promise<AtSlug> {
  const { known, scope, serverId } = await openAddress(database, slug)
  const admitted = await findAdmitted(
    scope,
    serverAddress(slug, config.baseUrl),
    and(eq(serverKey.mcpServerId, serverId), eq(serverKey.keyHash, sha256(key))),
  )
  return { known: known ? { scope, serverId } : null, admitted }
}

/** The same server as it is now, or null when its key or itself was taken out of use meanwhile. */
export const readmit = ({ scope, address, key }: AdmittedServer): Promise<AdmittedServer | null> =>
  findAdmitted(scope, address, eq(serverKey.id, key.id))

async function findAdmitted(
  scope: Scope,
  address: string,
  isKey: SQL | undefined,
): Promise<AdmittedServer | null> {
  const { organizationId } = scope
  const [row] = await inScope(scope, (tx) =>
    tx
      .select({
        server: mcpServer,
        key: {
          id: serverKey.id,
          kind: serverKey.kind,
          hash: serverKey.keyHash,
          lastUsedAt: serverKey.lastUsedAt,
        },
      })
      .from(serverKey)
      .innerJoin(
        mcpServer,
        and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, serverKey.mcpServerId)),
      )
      .where(
        and(
          eq(serverKey.organizationId, organizationId),
          isKey,
          isNull(serverKey.revokedAt),
          eq(mcpServer.enabled, true),
        ),
      ),
  )
  return row ? { ...row, address, scope } : null
}

/** The server at a slug of the organization, or null. */
export const findServer = (scope: Scope, slug: string): Promise<McpServer | null> =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const [found] = await tx
      .select()
      .from(mcpServer)
      .where(and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.slug, slug)))
    return found ?? null
  })

/** The organization's servers, by slug, with how much goes on at each. */
export const serversWithActivity = (scope: Scope) =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const [servers, live] = await Promise.all([
      tx
        .select({
          id: mcpServer.id,
          slug: mcpServer.slug,
          name: mcpServer.name,
          auth: mcpServer.auth,
          enabled: mcpServer.enabled,
          support: mcpServer.supportToolEnabled,
          sdkSeenAt: mcpServer.sdkSeenAt,
          sdkVersion: mcpServer.sdkVersion,
        })
        .from(mcpServer)
        .where(eq(mcpServer.organizationId, organizationId))
        .orderBy(asc(mcpServer.slug)),
      tx
        .select({ id: supportTicket.mcpServerId, n: count() })
        .from(supportTicket)
        .where(
          and(eq(supportTicket.organizationId, organizationId), ne(supportTicket.status, 'closed')),
        )
        .groupBy(supportTicket.mcpServerId),
    ])
    const liveAt = new Map(live.map(({ id, n }) => [id, n]))
    return servers.map(({ id, ...server }) => ({ ...server, liveTickets: liveAt.get(id) ?? 0 }))
  })

const ofServer = ({ organizationId }: Scope, serverId: string) =>
  and(eq(supportTicket.organizationId, organizationId), eq(supportTicket.mcpServerId, serverId))

/** How many tickets go with a server when it is deleted, counted up to a bound. */
export const ticketCount = (scope: Scope, serverId: string): Promise<number> =>
  inScope(scope, async (tx) => {
    const counted = tx
      .select({ number: supportTicket.number })
      .from(supportTicket)
      .where(ofServer(scope, serverId))
      .limit(ticketCountMax)
      .as('counted')
    const [row] = await tx.select({ n: count() }).from(counted)
    return row?.n ?? 0
  })

/** The newest ticket of a server, or null. */
export const newestTicket = (scope: Scope, serverId: string) =>
  inScope(scope, async (tx) => {
    const [newest] = await tx
      .select({ number: supportTicket.number, createdAt: supportTicket.createdAt })
      .from(supportTicket)
      .where(ofServer(scope, serverId))
      .orderBy(desc(supportTicket.number))
      .limit(1)
    return newest ?? null
  })

/** What the server's address refused lately, newest first. */
export const refusedAttempts = (scope: Scope, serverId: string) =>
  inScope(scope, (tx) =>
    tx
      .select({
        reason: refusedAttempt.reason,
        times: refusedAttempt.times,
        lastAt: refusedAttempt.lastAt,
      })
      .from(refusedAttempt)
      .where(
        and(
          eq(refusedAttempt.organizationId, scope.organizationId),
          eq(refusedAttempt.mcpServerId, serverId),
          gt(refusedAttempt.lastAt, new Date(Date.now() - refusalsKeptMs)),
        ),
      )
      .orderBy(desc(refusedAttempt.lastAt)),
  )
