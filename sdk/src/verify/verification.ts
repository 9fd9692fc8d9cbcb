import { errors, jwtVerify } from 'jose'
import { createLog, type Logger } from '../log.ts'
import { algorithms } from './algorithms.ts'
import {
  type ClaimNames,
  isIdentity,
  isOtherKind,
  type VerifiedToken,
  verifiedToken,
} from './claims.ts'
import { InvalidTokenError, IssuerUnavailableError } from './errors.ts'
import { createKeys } from './keys.ts'
import { timing as defaults, limits, type Timing } from './limits.ts'

type Expected = {
  issuer: string
  resource: string
  audience: string[]
  claims?: ClaimNames
  invalidToken?: (message: string) => Error
  logger?: Logger
}

/** `verifyAccessToken` with waits a test can shorten. */
export function createVerification(expected: Expected, timing: Timing = defaults) {
  const { issuer, resource, audience, claims = {}, logger } = expected
  const invalid = expected.invalidToken ?? ((message: string) => new InvalidTokenError(message))
  const keys = createKeys(issuer, timing, createLog(() => logger).say)
  const rules = {
    issuer,
    audience,
    algorithms,
    requiredClaims: ['sub', 'exp'],
    clockTolerance: limits.clockToleranceS,
  }

  return async (token: string): Promise<VerifiedToken> => {
    if (typeof token !== 'string' || token.length > limits.tokenCharsMax) throw invalid(unreadable)
    const result = await jwtVerify(token, keys.find, rules).catch((error: unknown) => {
      // What a hostile token makes a runtime's cryptography throw is no more than a refusal.
      throw error instanceof IssuerUnavailableError ? error : invalid(reasonOf(error))
    })
    const { payload } = result
    if (!isIdentity(payload)) throw invalid(incomplete)
    if (isInFuture(payload.iat)) throw invalid(early)
    if (isOtherKind(result, keys.tokenType())) throw invalid('The token is not an access token')
    return verifiedToken(token, payload, resource, claims)
  }
}

const isInFuture = (seconds: number | undefined) =>
  seconds !== undefined && seconds > Date.now() / 1000 + limits.clockToleranceS

/** Fixed sentences: they go into a header and into logs, a token's own words do not. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The access token has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return reasons[error.claim] ?? incomplete
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The access token is signed with a key its issuer does not publish'
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'The signature of the access token is wrong'
  return unreadable
}

const incomplete = 'The access token is not complete'
const early = 'The access token is not valid yet'
const unreadable = 'The access token is not one this server can read'

const reasons: Record<string, string> = {
  iss: 'The access token is of another issuer',
  aud: 'The access token is for another audience',
  sub: 'The access token names no subject',
  exp: 'The access token has no time of expiry',
  nbf: early,
}
