/**
 * The token is not to be accepted: RFC 6750 3.1 `invalid_token`, HTTP status 401. Its message says
 * which rule it breaks, and nothing of what is in the token.
 *
 * `requireBearerAuth` of MCP SDK v2 recognizes it; that of v1 knows its own class only (see
 * `TokenVerifierOptions.invalidToken`).
 */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError'
  readonly code = 'invalid_token'

  constructor(message: string) {
    super(message)
    Object.defineProperty(this, sdkBrands, { value: oauthError })
  }

  /** Body of the answer (RFC 6749 5.2). */
  toResponseObject() {
    return { error: this.code, error_description: this.message }
  }
}

/**
 * How MCP SDK v2 knows an `OAuthError` made by another copy of itself; it asks for `code` and
 * `toResponseObject` then, which are here too.
 */
const sdkBrands = Symbol.for('mcp.sdk.errorBrands')
const oauthError: ReadonlySet<string> = new Set(['mcp.OAuthError'])

/**
 * Whether the token is good cannot be said: its issuer cannot be reached, or does not answer as an
 * issuer should. `requireBearerAuth` of both MCP SDKs answers 500, so that clients keep their token.
 */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError'
  readonly code = 'server_error'
}
