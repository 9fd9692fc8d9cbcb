import type { Visit } from '#src/web/route.ts'
import { clientMetadataOn } from '../clients/outbound.ts'
import { metadataOf } from '../metadata.ts'
import type { Issuer } from '../queries.ts'
import { publishedKeys } from '../signing/keys.ts'

/** `GET /.well-known/oauth-authorization-server` and `/openid-configuration`: RFC 8414 3.2. */
export const showMetadata = async ({ desk }: Visit, issuer: Issuer): Promise<Response> =>
  published(metadataOf(issuer, await clientMetadataOn(desk)))

/** `GET /jwks`: the keys that verify the issuer's tokens (RFC 7517 5). */
export const showKeys = async ({ desk }: Visit, issuer: Issuer): Promise<Response> =>
  published({ keys: await publishedKeys(desk, issuer, new Date()) })

/** The same for everybody; a new key signs only long after every copy of the old answer is gone. */
const published = (document: object): Response =>
  Response.json(document, { headers: { 'cache-control': 'public, max-age=300' } })
