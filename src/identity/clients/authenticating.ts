import { timingSafeEqual } from 'node:crypto'
import { sha256 } from '#src/lib/ids.ts'
import { storable } from '#src/lib/text.ts'
import { OAuthError } from '#src/web/oauth.ts'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import type { Client } from './client.ts'
import { credentialsOf } from './credentials.ts'
import { storedClient } from './queries.ts'

/**
 * The client that sends a request to the token endpoint, by the method it registered and no other
 * (RFC 6749 2.3.1, 3.2.1). Whatever is wrong is the same 401 `invalid_client`; repeated fields and
 * two methods at once are `invalid_request`.
 *
 * A client that is known by a document counts as it is stored, however old: it has no credentials
 * that could have changed, people let it in by a document that was fresh then, and the next
 * authorization reads it again. So no sign-in ends, or waits, because a host of documents is away.
 */
export async function authenticateClient(
  _desk: Desk,
  issuer: Issuer,
  request: Request,
  form: URLSearchParams,
): Promise<Client> {
  const given = credentialsOf(request, form)
  const client = given && (await storedClient(issuer, storable(given.id)))
  const secretIsRight = isRight(given?.secret ?? null, client?.secretHash ?? null)
  if (client && client.authMethod === given.method && secretIsRight) return client
  throw new OAuthError('invalid_client', 'The client is not known, or did not authenticate.', {
    status: 401,
    headers: request.headers.has('authorization')
      ? { 'www-authenticate': 'Basic realm="oauth", charset="UTF-8"' }
      : {},
  })
}

const noHash = sha256('')

/** Takes the same time whether or not there is a hash to compare with. */
function isRight(secret: string | null, hash: Uint8Array | null): boolean {
  const same = timingSafeEqual(sha256(secret ?? ''), hash ?? noHash)
  return hash === null ? secret === null : secret !== null && same
}
