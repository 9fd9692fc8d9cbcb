import { OAuthError } from '#src/web/oauth.ts'
import type { Client } from '../clients/client.ts'
import { holdsNul, repeatedIn, valued } from '../parameters.ts'
import type { Issuer } from '../queries.ts'
import { answerWithError, type Recipient } from './answering.ts'
import { requestCharsMax } from './limits.ts'
import { type Asking, type Mistrust, trustedPart } from './recipient.ts'
import { resourceOf } from './resource.ts'

/** The one scope there is; whoever asks for another one is given this, and told. */
const scope = 'support'

/** An authorization request that may be put before an end-user. */
export type Asked = Recipient & {
  client: Client
  scope: string
  resource: string
  /** PKCE, S256. */
  challenge: string
  /** Answer at once, without a page (`prompt=none`). */
  silent: boolean
}

/**
 * What becomes of a request: it is good, it is answered at the client's address, or it is shown,
 * since nobody knows whose address it names.
 */
export type Reading =
  | { kind: 'asked'; asked: Asked }
  | { kind: 'answered'; location: string }
  | ({ kind: 'shown' } & Mistrust)

/** Reads an authorization request (RFC 6749 4.1.1, OAuth 2.1) from the query of its address. */
export async function readRequest(visit: Asking, issuer: Issuer, query: string): Promise<Reading> {
  const all = new URLSearchParams(query)
  if (all.toString().length > requestCharsMax || holdsNul(all))
    return {
      kind: 'shown',
      problem: 'The link is too long, or was damaged on its way.',
      advice: 'Go back to the app and connect again from there.',
    }
  const sent = valued(all)
  const trusted = await trustedPart(visit, issuer, sent)
  if (!trusted.ok) return { ...trusted, kind: 'shown' }
  const { client, redirectUri } = trusted
  const states = sent.getAll('state')
  const to = { redirectUri, state: states.length === 1 ? (states[0] ?? null) : null }
  const rest = readRest(issuer, client, sent)
  return rest instanceof OAuthError
    ? { kind: 'answered', location: answerWithError(issuer, to, rest) }
    : { kind: 'asked', asked: { ...to, ...rest, client, scope } }
}

type Rest = Pick<Asked, 'resource' | 'challenge' | 'silent'>

function readRest(issuer: Issuer, client: Client, sent: URLSearchParams): Rest | OAuthError {
  const invalid = (why: string) => new OAuthError('invalid_request', why)
  if (repeatedIn(sent)) return invalid('A parameter was sent more than once.')
  const type = sent.get('response_type')
  if (!type) return invalid('response_type is missing.')
  if (type !== 'code') return new OAuthError('unsupported_response_type', 'Use response_type code.')
  if ((sent.get('response_mode') ?? 'query') !== 'query') return invalid('Use response_mode query.')
  if (!client.grantTypes.includes('authorization_code'))
    return new OAuthError('unauthorized_client', 'The client may not use authorization_code.')
  const challenge = sent.get('code_challenge')
  if (!challenge) return invalid('code_challenge is missing: PKCE is required.')
  if (sent.get('code_challenge_method') !== 'S256')
    return invalid('Use code_challenge_method S256.')
  if (!/^[\w-]{43}$/.test(challenge)) return invalid('code_challenge is no SHA-256 in base64url.')
  const resource = resourceOf(issuer, sent.getAll('resource'))
  if (resource === null)
    return new OAuthError('invalid_target', 'resource is not one that tokens are given for here.')
  const prompts = (sent.get('prompt') ?? '').split(' ').filter(Boolean)
  const silent = prompts.includes('none')
  if (silent && prompts.length > 1) return invalid('prompt none stands alone.')
  return { resource, challenge, silent }
}
