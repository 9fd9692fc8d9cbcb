import { Problem, retryAfter } from './problem.ts'

/** Codes of RFC 6749 4.1.2.1 and 5.2, RFC 7591 3.2.2, RFC 8707 2 and OpenID Connect Core 3.1.2.6. */
export type OAuthCode =
  | 'access_denied'
  | 'consent_required'
  | 'invalid_client'
  | 'invalid_client_metadata'
  | 'invalid_grant'
  | 'invalid_redirect_uri'
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_target'
  | 'login_required'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'

type Extra = { status?: 400 | 401; headers?: Record<string, string> }

/** A refusal in OAuth's words. Its description is a fixed sentence: it repeats nothing of a request. */
export class OAuthError extends Problem {
  override readonly status: number
  readonly headers: Record<string, string>

  constructor(
    readonly error: OAuthCode,
    readonly description: string,
    { status = 400, headers = {} }: Extra = {},
  ) {
    super('bad_request', description)
    this.status = status
    this.headers = headers
  }
}

/** An error response (RFC 6749 5.2, RFC 7591 3.2.2), whatever went wrong. */
export function oauthResponse(problem: Problem): Response {
  const { status } = problem
  const own = problem instanceof OAuthError
  const error = own ? problem.error : codeFor(status)
  const description = own ? problem.description : (problem.detail ?? problem.title)
  return Response.json(
    { error, error_description: description },
    {
      status,
      headers: { 'cache-control': 'no-store', ...retryAfter(problem), ...(own && problem.headers) },
    },
  )
}

function codeFor(status: number): OAuthCode {
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'invalid_request'
}

/** Clients that are pages of other sites may read it: nothing in it depends on a cookie. */
export function forEveryOrigin(response: Response): void {
  response.headers.set('access-control-allow-origin', '*')
  response.headers.set('access-control-expose-headers', 'www-authenticate, retry-after')
}

/** Answers a browser that asks whether a page may call (Fetch, CORS preflight). */
export function preflight(): Response {
  const response = new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
      'access-control-max-age': '86400',
    },
  })
  forEveryOrigin(response)
  return response
}
