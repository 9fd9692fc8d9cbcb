import { OAuthError } from '#src/web/oauth.ts'

/** A document that can't be used. The sentence goes to whoever follows the client's link. */
export const unusable = (sentence: string): OAuthError => new OAuthError('invalid_client', sentence)

/**
 * One sentence for no such name, an address inside of the network, a closed port and a certificate
 * of somebody else: it tells nobody what is near the desk.
 */
export const unreachable = (): OAuthError =>
  unusable('The app’s description could not be read from its address.')
