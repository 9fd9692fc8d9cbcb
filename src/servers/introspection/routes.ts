import { grantAt, isAlive } from '#src/identity/grants/queries.ts'
import { readParameters } from '#src/identity/parameters.ts'
import { findIssuer } from '#src/identity/queries.ts'
import { readAccessToken } from '#src/identity/tokens.ts'
import { OAuthError } from '#src/web/oauth.ts'
import { Problem } from '#src/web/problem.ts'
import type { Visit } from '#src/web/route.ts'
import type { AdmittedServer } from '../queries.ts'

/**
 * `POST /introspect` (RFC 7662): `token`, an access token of this server's issuer. Active while its
 * signature holds, its time is not over and its grant is alive; of anything else, refresh tokens
 * too, it says `{active: false}` and no more.
 */
export async function postIntrospection(
  { desk, request }: Visit,
  { server }: AdmittedServer,
): Promise<Response> {
  const issuer = await findIssuer(desk.database, server.slug, desk.config.baseUrl)
  if (!issuer) throw new Problem('not_found')
  const token = (await readParameters(request)).get('token')
  if (!token) throw new OAuthError('invalid_request', 'token is missing.')
  const read = await readAccessToken(desk, issuer, token)
  const grant = read && (await grantAt(issuer.scope, issuer.serverId, read.sid))
  if (!read || !grant || !isAlive(grant)) return told({ active: false })
  const { subject, clientId, scope, resource, sid, jti, issuedAt, expiresAt } = read
  return told({
    active: true,
    token_type: 'Bearer',
    iss: issuer.url,
    sub: subject,
    aud: resource,
    client_id: clientId,
    scope,
    sid,
    jti,
    iat: seconds(issuedAt),
    exp: seconds(expiresAt),
  })
}

const told = (answer: Record<string, unknown>): Response =>
  Response.json(answer, { headers: { 'cache-control': 'no-store' } })

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
