import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { oauthClient, oauthGrant } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'

const listedMax = 200

export type Grant = {
  /** The end-user's id. */
  subject: string
  clientId: string
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/** A client's sign-in, as its end-user and the company's staff see it. */
export type ListedGrant = {
  id: string
  clientId: string
  /** As the client calls itself. */
  clientName: string
  resource: string
  createdAt: Date
  /** When it last got a token. */
  usedAt: Date
  expiresAt: Date
}

/** The grant that a token's `sid` names, dead or alive; null where this server has none. */
export async function grantAt(scope: Scope, serverId: string, sid: string): Promise<Grant | null> {
  if (!isId(sid)) return null
  const [found] = await inScope(scope, (tx) =>
    tx
      .select({
        subject: oauthGrant.endUserId,
        clientId: oauthGrant.clientId,
        createdAt: oauthGrant.createdAt,
        expiresAt: oauthGrant.expiresAt,
        revokedAt: oauthGrant.revokedAt,
      })
      .from(oauthGrant)
      .where(
        and(
          eq(oauthGrant.organizationId, scope.organizationId),
          eq(oauthGrant.mcpServerId, serverId),
          eq(oauthGrant.id, sid),
        ),
      ),
  )
  return found ?? null
}

export const isAlive = ({ revokedAt, expiresAt }: Grant, now = new Date()): boolean =>
  revokedAt === null && expiresAt > now

/** The sign-ins of an end-user that are alive, newest first. */
export async function grantsOf(
  scope: Scope,
  serverId: string,
  endUserId: string,
): Promise<ListedGrant[]> {
  if (!isId(endUserId)) return []
  const { organizationId } = scope
  const rows = await inScope(scope, (tx) =>
    tx
      .select({
        id: oauthGrant.id,
        clientId: oauthGrant.clientId,
        clientName: oauthClient.name,
        resource: oauthGrant.resource,
        createdAt: oauthGrant.createdAt,
        rotatedAt: oauthGrant.rotatedAt,
        expiresAt: oauthGrant.expiresAt,
      })
      .from(oauthGrant)
      .innerJoin(
        oauthClient,
        and(
          eq(oauthClient.organizationId, organizationId),
          eq(oauthClient.mcpServerId, serverId),
          eq(oauthClient.id, oauthGrant.clientId),
        ),
      )
      .where(
        and(
          eq(oauthGrant.organizationId, organizationId),
          eq(oauthGrant.mcpServerId, serverId),
          eq(oauthGrant.endUserId, endUserId),
          isNull(oauthGrant.revokedAt),
          gt(oauthGrant.expiresAt, new Date()),
        ),
      )
      .orderBy(desc(oauthGrant.id))
      .limit(listedMax),
  )
  return rows.map(({ rotatedAt, ...grant }) => ({
    ...grant,
    usedAt: rotatedAt ?? grant.createdAt,
  }))
}
