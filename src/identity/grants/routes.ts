import { OAuthError } from '#src/web/oauth.ts'
import type { Visit } from '#src/web/route.ts'
import { authenticateClient } from '../clients/authenticating.ts'
import type { Client } from '../clients/client.ts'
import { readParameters } from '../parameters.ts'
import type { Issuer } from '../queries.ts'
import { issueAccessToken, readAccessToken } from '../tokens.ts'
import { type Redeemed, redeemCode } from './redeeming.ts'
import { refreshGrant } from './refreshing.ts'
import { revokeByRefreshToken, revokeGrant } from './revoking.ts'

/**
 * `POST /token` (RFC 6749 3.2): `grant_type` authorization_code with `code`, `redirect_uri`,
 * `code_verifier`, or refresh_token with `refresh_token`, `scope`; `resource` with both. Answers
 * `{access_token, token_type, expires_in, scope, refresh_token?}`. What is dead is `invalid_grant`,
 * however often: clients start over from that alone, and nobody guesses 256 bits.
 */
export async function postToken(visit: Visit, issuer: Issuer): Promise<Response> {
  const form = await readParameters(visit.request)
  const client = await authenticateClient(visit.desk, issuer, visit.request, form)
  const { granted, refreshToken } = await grantFor(issuer, client, form)
  const { token, expiresInS } = await issueAccessToken(visit.desk, issuer, granted)
  return Response.json(
    {
      access_token: token,
      token_type: 'Bearer',
      expires_in: expiresInS,
      scope: granted.scope,
      ...(refreshToken && { refresh_token: refreshToken }),
    },
    { headers: { 'cache-control': 'no-store', pragma: 'no-cache' } },
  )
}

function grantFor(issuer: Issuer, client: Client, form: URLSearchParams): Promise<Redeemed> {
  const resources = form.getAll('resource')
  const grantType = form.get('grant_type')
  if (grantType === 'authorization_code') {
    const code = required(form, 'code')
    const redirectUri = required(form, 'redirect_uri')
    const verifier = required(form, 'code_verifier')
    return redeemCode(issuer, client, { code, redirectUri, verifier, resources })
  }
  if (grantType === 'refresh_token') {
    const token = required(form, 'refresh_token')
    const scope = (form.get('scope') ?? '').split(' ').filter(Boolean)
    return refreshGrant(issuer, client, { token, scope, resources })
  }
  throw grantType
    ? new OAuthError('unsupported_grant_type', 'Use authorization_code or refresh_token.')
    : new OAuthError('invalid_request', 'grant_type is missing.')
}

/**
 * `POST /revoke` (RFC 7009): `token`, one of the client's own. Its grant ends, and all of its tokens
 * with it. A token that is not the client's, or not known, is answered the same.
 */
export async function postTokenRevocation(visit: Visit, issuer: Issuer): Promise<Response> {
  const form = await readParameters(visit.request)
  const client = await authenticateClient(visit.desk, issuer, visit.request, form)
  const token = required(form, 'token')
  await revokeByRefreshToken(issuer, client.id, token)
  const access = await readAccessToken(visit.desk, issuer, token)
  if (access?.clientId === client.id)
    await revokeGrant(issuer.scope, issuer.serverId, access.subject, access.sid)
  return new Response(null, { headers: { 'cache-control': 'no-store' } })
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (!value) throw new OAuthError('invalid_request', `${name} is missing.`)
  return value
}
