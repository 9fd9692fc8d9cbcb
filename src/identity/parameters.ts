import { readText, requireType } from '#src/web/body.ts'
import { OAuthError } from '#src/web/oauth.ts'
import { Problem } from '#src/web/problem.ts'

const formCharsMax = 16_000

/**
 * The parameters of a request by form (RFC 6749 3.2): those without a value are left out, none
 * but `resource` comes twice. Anything else is `invalid_request`.
 */
export async function readParameters(request: Request): Promise<URLSearchParams> {
  requireType(request, 'application/x-www-form-urlencoded')
  const text = await readText(request)
  if (text.length > formCharsMax)
    throw new Problem('too_large', `A form may have at most ${formCharsMax} characters.`)
  const sent = new URLSearchParams(text)
  const repeated = repeatedIn(sent)
  if (repeated) throw new OAuthError('invalid_request', 'A parameter was sent more than once.')
  if (holdsNul(sent)) throw new OAuthError('invalid_request', 'A parameter holds a NUL.')
  return valued(sent)
}

/** Whether a parameter comes twice that may come once (RFC 6749 3.1; RFC 8707 2 for `resource`). */
export const repeatedIn = (sent: URLSearchParams): boolean =>
  [...new Set(sent.keys())].some((name) => name !== 'resource' && sent.getAll(name).length > 1)

/** Nothing that is stored can hold one. */
export const holdsNul = (sent: URLSearchParams): boolean => sent.toString().includes('%00')

/** Without those that have no value: they count as left out (RFC 6749 3.1). */
export const valued = (sent: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...sent].filter(([, value]) => value !== ''))
