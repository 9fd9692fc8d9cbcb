import { readText, requireType } from '#src/web/body.ts'
import { OAuthError } from '#src/web/oauth.ts'
import type { Visit } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import { limits } from './limits.ts'
import { parseMetadata } from './metadata.ts'
import { countRegistration, registerClient } from './registering.ts'

/**
 * Dynamic client registration (RFC 7591 3): JSON with `redirect_uris`, and optionally `client_name`,
 * `grant_types`, `response_types`, `token_endpoint_auth_method` (default `client_secret_basic`) and
 * `application_type`. 201 with all that was registered; a secret is shown this once. 400
 * `invalid_redirect_uri` or `invalid_client_metadata`, 413 over 16 kB, 429 with `Retry-After`.
 */
export async function postClient(
  { desk, request, address }: Visit,
  issuer: Issuer,
): Promise<Response> {
  await countRegistration(desk.database, issuer, address)
  const asked = await readMetadata(request)
  const { id, issuedAt, secret } = await registerClient(issuer, asked, new Date())
  return Response.json(
    {
      client_id: id,
      client_id_issued_at: Math.floor(issuedAt.getTime() / 1000),
      ...(secret !== null && { client_secret: secret, client_secret_expires_at: 0 }),
      client_name: asked.name,
      redirect_uris: asked.redirectUris,
      grant_types: asked.grantTypes,
      response_types: ['code'],
      token_endpoint_auth_method: asked.authMethod,
      ...(asked.applicationType && { application_type: asked.applicationType }),
      scope: 'support',
    },
    { status: 201, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } },
  )
}

async function readMetadata(request: Request) {
  requireType(request, 'application/json')
  const text = await readText(request, limits.registrationBytesMax)
  return parseMetadata(parsed(text), 'client_secret_basic')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OAuthError('invalid_client_metadata', 'The body is not JSON.')
  }
}
