/** Verifies end-users' access tokens; the public surface of `@mcp-obs/sdk/verify`. */
import type { Logger } from './log.ts'
import {
  audiences,
  issuerAddress,
  metadataAddress,
  namesOf,
  resourceAddress,
} from './verify/address.ts'
import type { ClaimNames, VerifiedToken } from './verify/claims.ts'
import { createVerification } from './verify/verification.ts'

export type { Logger, LogLevel } from './log.ts'
export type { ClaimNames, VerifiedToken } from './verify/claims.ts'
export { InvalidTokenError, IssuerUnavailableError } from './verify/errors.ts'

export type TokenVerifierOptions = {
  /**
   * The issuer's identifier (RFC 8414 2): this server's address at the desk (`MCP_OBS_URL`) where
   * the desk signs your end-users in, else your own issuer's. It must be, character by character,
   * what the issuer calls itself. https, or http on a loopback address.
   */
  url: string | URL | undefined
  /**
   * Address of your MCP server as clients know it, such as `https://docuapi.example/mcp`: its
   * resource identifier (RFC 8707 2).
   */
  resource: string | URL | undefined
  /**
   * What `aud` must name, or one of these. `resource` by default, as RFC 8707 and RFC 9068 have
   * it; for issuers that know your server by another name, such as `api://docuapi`.
   */
  audience?: string | string[]
  /** Claims that hold a person's e-mail and name: `email` and `name` by default. */
  claims?: ClaimNames
  /**
   * Makes the error for a token that is not accepted; `message` says why. `requireBearerAuth` of
   * MCP SDK v1 answers 401 to its own class only, and 500 to all else. With it, give
   * `(message) => new InvalidTokenError(message)`, the class being that of
   * `@modelcontextprotocol/sdk/server/auth/errors.js`. By default the `InvalidTokenError` of this
   * package, to which `requireBearerAuth` of v2 answers 401.
   */
  invalidToken?: (message: string) => Error
  /** Is told once why an issuer's keys cannot be fetched; the middleware say 500 and no more. */
  logger?: Logger
}

/** RFC 9728 2. Serve it as JSON, with `access-control-allow-origin: *` for clients in browsers. */
export type ProtectedResourceMetadata = {
  resource: string
  authorization_servers: string[]
  bearer_methods_supported: string[]
}

/** `OAuthTokenVerifier` of both MCP SDKs, and what a client needs to get a token. */
export type TokenVerifier = {
  /**
   * Checks a JWT access token by the rules of RFC 9068 4 and RFC 8725, in this process: signed
   * with an asymmetric algorithm by a key of the issuer; `iss` exact; `aud` as configured; `sub`
   * and `exp` present; not expired, and `nbf` and `iat` not to come, give or take 5 s; `typ`
   * `at+jwt` where the issuer is a desk, `at+jwt`, `JWT` or none elsewhere; not an ID token where
   * that can be told. The issuer's keys are fetched when they are first needed, when a token
   * names one that is not known, at most every 30 s, and every 10 minutes; while the issuer is
   * away, keys are kept for a day.
   *
   * @throws {InvalidTokenError} or what `invalidToken` makes, where the token is not to be accepted.
   * @throws {IssuerUnavailableError} where that cannot be told now.
   */
  verifyAccessToken(token: string): Promise<VerifiedToken>
  /** To be served, without a sign-in, at the path of `resourceMetadataUrl`. */
  protectedResourceMetadata: ProtectedResourceMetadata
  /**
   * Where clients look for that (RFC 9728 3.1), such as
   * `https://docuapi.example/.well-known/oauth-protected-resource/mcp`; `resourceMetadataUrl` of the
   * bearer middleware, which names it in `WWW-Authenticate`.
   */
  resourceMetadataUrl: string
}

/**
 * Verifies the access tokens of one issuer for one MCP server. Make one for the life of the
 * process; it fetches nothing yet.
 *
 * @throws {TypeError} where `url`, `resource` or `audience` cannot be right.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const issuer = issuerAddress(options?.url)
  const resource = resourceAddress(options.resource)
  const audience = options.audience === undefined ? namesOf(resource) : audiences(options.audience)
  return {
    verifyAccessToken: createVerification({ ...options, issuer, resource, audience }),
    protectedResourceMetadata: {
      resource,
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
    },
    resourceMetadataUrl: metadataAddress(resource),
  }
}
