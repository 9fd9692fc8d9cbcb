import { z } from 'zod'
import { OAuthError } from '#src/web/oauth.ts'
import { type Described, parseMetadata } from '../metadata.ts'
import { unusable } from './unusable.ts'

const document = z.looseObject({ client_id: z.string(), client_name: z.string().min(1) })
const secrets = ['client_secret', 'client_secret_expires_at']
/** Members of JSON Web Keys that only their holder may know (RFC 7518 6). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const keySet = z.object({ jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) })

/**
 * Reads a client's document (draft-ietf-oauth-client-id-metadata-document 4): JSON that names the id
 * it was read from, the client's name and redirect URIs, and holds no secret. A client of a document
 * authenticates by none.
 */
export function parseDocument(text: string, id: string): Described {
  const value = parsed(text)
  const own = document.safeParse(value)
  if (!own.success || own.data.client_id !== id)
    throw unusable('The app’s description lacks its client_id or client_name.')
  if (secrets.some((name) => name in own.data) || hasPrivateKey(own.data))
    throw unusable('The app’s description holds a secret, for all to read.')
  const described = asMetadata(own.data)
  if (described.authMethod !== 'none')
    throw unusable('The app’s description asks for a way to authenticate that is not offered.')
  return described
}

function asMetadata(value: unknown): Described {
  try {
    const { applicationType: _, ...described } = parseMetadata(value, 'none')
    return described
  } catch (thrown) {
    if (!(thrown instanceof OAuthError)) throw thrown
    throw unusable(`The app’s description is not in order: ${thrown.description}`)
  }
}

function hasPrivateKey(value: unknown): boolean {
  const { data } = keySet.safeParse(value)
  return Boolean(data?.jwks.keys.some((key) => privateMembers.some((member) => member in key)))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unusable('The app’s description is not JSON.')
  }
}
