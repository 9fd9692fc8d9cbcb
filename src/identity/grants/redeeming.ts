import { timingSafeEqual } from 'node:crypto'
import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { authorizationCode, oauthGrant } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { OAuthError } from '#src/web/oauth.ts'
import { isFor } from '../authorization/resource.ts'
import type { Client } from '../clients/client.ts'
import { lockAccount } from '../people/queries.ts'
import type { Issuer } from '../queries.ts'
import type { Granted } from '../tokens.ts'
import { accessTokenLifeS } from '../tokens.ts'
import { grantIdleMs } from './limits.ts'
import { newFamily } from './refresh-token.ts'
import { revokeIn, revokeOldest } from './revoking.ts'

export type Redemption = {
  code: string
  redirectUri: string
  verifier: string
  resources: string[]
}
export type Redeemed = { granted: Granted; refreshToken: string | null }

type Code = typeof authorizationCode.$inferSelect

const verifierShape = /^[A-Za-z0-9._~-]{43,128}$/

/**
 * Makes a grant of an authorization code (RFC 6749 4.1.3, RFC 7636 4.6). One statement spends the
 * code, whatever else is wrong with the request; a client that brings it a second time ends the
 * grant it became (RFC 9700 2.1.1). Another client's attempt changes nothing.
 */
export async function redeemCode(
  issuer: Issuer,
  client: Client,
  given: Redemption,
  now = new Date(),
): Promise<Redeemed> {
  const outcome = await inScope(issuer.scope, async (tx) => {
    const code = await spend(tx, issuer, client, given.code, now)
    if (!code) return new OAuthError('invalid_grant', 'The code is used up, too old or not yours.')
    const refusal = refusalOf(issuer, code, given)
    if (refusal) return refusal
    const redeemed = await insertGrant(tx, client, code, now)
    await revokeOldest(tx, issuer, code.endUserId)
    return redeemed
  })
  if (outcome instanceof OAuthError) throw outcome
  return outcome
}

async function spend(tx: Tx, issuer: Issuer, client: Client, code: string, now: Date) {
  const { organizationId } = issuer.scope
  const isCode = and(
    eq(authorizationCode.organizationId, organizationId),
    eq(authorizationCode.mcpServerId, issuer.serverId),
    eq(authorizationCode.codeHash, sha256(code)),
    eq(authorizationCode.clientId, client.id),
  )
  const [known] = await tx
    .select({ endUserId: authorizationCode.endUserId })
    .from(authorizationCode)
    .where(isCode)
  if (!known || !(await lockAccount(tx, issuer, known.endUserId))) return null
  const [spent] = await tx
    .update(authorizationCode)
    .set({ redeemedAt: now })
    .where(and(isCode, isNull(authorizationCode.redeemedAt), gt(authorizationCode.expiresAt, now)))
    .returning()
  if (spent) return spent
  const [again] = await tx
    .select({ grantId: authorizationCode.grantId })
    .from(authorizationCode)
    .where(and(isCode, isNotNull(authorizationCode.redeemedAt)))
  if (again) await revokeIn(tx, issuer.scope, issuer.serverId, eq(oauthGrant.id, again.grantId))
  return null
}

function refusalOf(issuer: Issuer, code: Code, given: Redemption): OAuthError | null {
  if (given.redirectUri !== code.redirectUri)
    return new OAuthError('invalid_grant', 'redirect_uri is not the one of the request.')
  if (!isVerifier(given.verifier, code.codeChallenge))
    return new OAuthError('invalid_grant', 'code_verifier does not fit the code_challenge.')
  if (!isFor(issuer, code.resource))
    return new OAuthError('invalid_grant', 'The server has another audience by now.')
  if (given.resources.some((resource) => resource !== code.resource))
    return new OAuthError('invalid_target', 'resource is not the one of the request.')
  return null
}

/** PKCE, S256: 43 to 128 characters whose SHA-256 is the challenge. */
const isVerifier = (verifier: string, challenge: string): boolean =>
  verifierShape.test(verifier) &&
  timingSafeEqual(sha256(sha256(verifier).toString('base64url')), sha256(challenge))

async function insertGrant(tx: Tx, client: Client, code: Code, now: Date): Promise<Redeemed> {
  const { organizationId, mcpServerId, grantId, clientId, endUserId, scope, resource } = code
  const family = client.grantTypes.includes('refresh_token') ? newFamily() : null
  await tx.insert(oauthGrant).values({
    organizationId,
    mcpServerId,
    id: grantId,
    clientId,
    endUserId,
    scope,
    resource,
    familyHash: family?.hashes.family ?? null,
    refreshHash: family?.hashes.newest ?? null,
    createdAt: now,
    // Without refresh tokens a grant lives as long as its one access token.
    expiresAt: new Date(now.getTime() + (family ? grantIdleMs : accessTokenLifeS * 1000)),
  })
  return {
    granted: { subject: endUserId, clientId, scope, resource, sid: grantId },
    refreshToken: family?.token ?? null,
  }
}
