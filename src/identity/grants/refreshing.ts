import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { oauthGrant } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { OAuthError } from '#src/web/oauth.ts'
import { isFor } from '../authorization/resource.ts'
import type { Client } from '../clients/client.ts'
import type { Issuer } from '../queries.ts'
import type { Granted } from '../tokens.ts'
import { grantDaysMax, grantIdleMs, replayGraceMs } from './limits.ts'
import { nextOf, type RefreshHashes } from './refresh-token.ts'
import { revokeIn } from './revoking.ts'

export type Refresh = { token: string; scope: string[]; resources: string[] }
export type Refreshed = { granted: Granted; refreshToken: string }

const dead = () =>
  new OAuthError('invalid_grant', 'The refresh token is used up, ended or too old.')

/**
 * Puts the next refresh token in the place of the newest of its family (RFC 9700 4.14.2). One
 * statement does, so of several requests at once one is answered; an older token of the family is
 * a theft, and ends it, except for the moment in which a client's windows race.
 */
export async function refreshGrant(
  issuer: Issuer,
  client: Client,
  given: Refresh,
  now = new Date(),
): Promise<Refreshed> {
  if (!client.grantTypes.includes('refresh_token'))
    throw new OAuthError('unauthorized_client', 'The client is not registered for refresh_token.')
  const tokens = nextOf(given.token)
  if (!tokens) throw dead()
  const { sent, next } = tokens
  const granted = await inScope(issuer.scope, async (tx) => {
    const rotated = await rotate(tx, issuer, client, sent, next.hashes, now)
    // What is refused here is not rotated: the client may ask again, and better.
    if (rotated) refuseUnlike(issuer, rotated, given)
    else await endReplayed(tx, issuer, client, sent, now)
    return rotated
  })
  if (!granted) throw dead()
  return { granted, refreshToken: next.token }
}

const ofFamily = (issuer: Issuer, client: Client, { family }: RefreshHashes) =>
  and(
    eq(oauthGrant.organizationId, issuer.scope.organizationId),
    eq(oauthGrant.mcpServerId, issuer.serverId),
    eq(oauthGrant.clientId, client.id),
    eq(oauthGrant.familyHash, family),
  )

async function rotate(
  tx: Tx,
  issuer: Issuer,
  client: Client,
  sent: RefreshHashes,
  next: RefreshHashes,
  now: Date,
): Promise<Granted | null> {
  const idleAt = new Date(now.getTime() + grantIdleMs).toISOString()
  const [rotated] = await tx
    .update(oauthGrant)
    .set({
      refreshHash: next.newest,
      rotatedAt: now,
      expiresAt: sql`least(${idleAt}::timestamptz,
        ${oauthGrant.createdAt} + make_interval(days => ${grantDaysMax}::int))`,
    })
    .where(
      and(
        ofFamily(issuer, client, sent),
        eq(oauthGrant.refreshHash, sent.newest),
        isNull(oauthGrant.revokedAt),
        gt(oauthGrant.expiresAt, now),
      ),
    )
    .returning({
      subject: oauthGrant.endUserId,
      clientId: oauthGrant.clientId,
      scope: oauthGrant.scope,
      resource: oauthGrant.resource,
      sid: oauthGrant.id,
    })
  return rotated ?? null
}

const endReplayed = (tx: Tx, issuer: Issuer, client: Client, sent: RefreshHashes, now: Date) =>
  revokeIn(
    tx,
    issuer.scope,
    issuer.serverId,
    and(
      ofFamily(issuer, client, sent),
      or(
        isNull(oauthGrant.rotatedAt),
        lte(oauthGrant.rotatedAt, new Date(now.getTime() - replayGraceMs)),
      ),
    ),
  )

/**
 * A server that got another audience answers `invalid_grant`: clients start over from that alone,
 * and then ask for the new one.
 */
function refuseUnlike(issuer: Issuer, granted: Granted, { scope, resources }: Refresh): void {
  if (!isFor(issuer, granted.resource))
    throw new OAuthError('invalid_grant', 'The server has another audience by now.')
  if (resources.some((resource) => resource !== granted.resource))
    throw new OAuthError('invalid_target', 'resource is not the one that was granted.')
  if (!scope.every((name) => granted.scope.split(' ').includes(name)))
    throw new OAuthError('invalid_scope', 'scope is more than was granted.')
}
