import { OAuthError } from '#src/web/oauth.ts'
import type { AuthMethod } from './client.ts'

/** What a request says its client is, and by which method. */
export type Credentials = { id: string; secret: string | null; method: AuthMethod }

const basic = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i

/**
 * The credentials of a request to the token endpoint (RFC 6749 2.3.1): an `Authorization: Basic`
 * header, or `client_id` and `client_secret` of its form. Null where they make no sense; given twice
 * they are an `invalid_request`. A field without a value is as if it were not sent (3.2).
 */
export function credentialsOf(request: Request, form: URLSearchParams): Credentials | null {
  const id = only(form, 'client_id')
  const secret = only(form, 'client_secret')
  const header = request.headers.get('authorization')
  if (header === null)
    return id === null
      ? null
      : { id, secret, method: secret === null ? 'none' : 'client_secret_post' }
  if (secret !== null)
    throw new OAuthError('invalid_request', 'A client authenticates in one way at a time.')
  const given = fromBasic(header)
  return given && (id === null || id === given.id) ? given : null
}

function only(form: URLSearchParams, name: string): string | null {
  const values = form.getAll(name)
  if (values.length > 1) throw new OAuthError('invalid_request', `${name} is given twice.`)
  return values[0] || null
}

/** Id and secret are form-encoded before they are joined. */
function fromBasic(header: string): Credentials | null {
  const [, encoded = ''] = basic.exec(header) ?? []
  const pair = Buffer.from(encoded, 'base64').toString()
  const colon = pair.indexOf(':')
  if (colon < 1) return null
  const id = decoded(pair.slice(0, colon))
  const secret = decoded(pair.slice(colon + 1))
  return id && secret ? { id, secret, method: 'client_secret_basic' } : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
