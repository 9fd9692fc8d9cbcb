import type { OAuthError } from '#src/web/oauth.ts'
import type { Issuer } from '../queries.ts'

/** Where an answer goes: a redirect address that was checked, with what its request said. */
export type Recipient = { redirectUri: string; state: string | null }

/** The client's address with a code in its query (RFC 6749 4.1.2), and who answers (RFC 9207). */
export const answerWithCode = (issuer: Issuer, to: Recipient, code: string): string =>
  answer(issuer, to, { code })

/** The same with an error (RFC 6749 4.1.2.1). */
export const answerWithError = (
  issuer: Issuer,
  to: Recipient,
  { error, description }: OAuthError,
): string => answer(issuer, to, { error, error_description: description })

/** The address stays as it was registered, its query too: parameters are put behind, encoded. */
function answer(
  { url }: Issuer,
  { redirectUri, state }: Recipient,
  says: Record<string, string>,
): string {
  const query = new URLSearchParams({ ...says, ...(state !== null && { state }), iss: url })
  const glue = /[?&]$/.test(redirectUri) ? '' : redirectUri.includes('?') ? '&' : '?'
  return `${redirectUri}${glue}${query}`
}
