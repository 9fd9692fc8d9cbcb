import { OAuthError } from '#src/web/oauth.ts'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import type { Client } from './client.ts'

/**
 * The client that sends a request to the token endpoint, by the method it registered (RFC 6749
 * 2.3.1, 3.2.1). Whatever is wrong with it is one `invalid_client`.
 */
export async function authenticateClient(
  _desk: Desk,
  _issuer: Issuer,
  _request: Request,
  _form: URLSearchParams,
): Promise<Client> {
  throw new OAuthError('invalid_client', 'The client is not known here.', { status: 401 })
}
