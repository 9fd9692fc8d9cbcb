import { randomBytes } from 'node:crypto'
import type { OAuthDiscoveryState } from '@modelcontextprotocol/client'

/** Tokens as both MCP SDKs hand them to whoever keeps them. */
type Tokens = { access_token: string; token_type: string; refresh_token?: string | undefined }
type Information = { client_id: string; client_secret?: string | undefined }

/** How a client makes itself known: by registering, or by the address of its metadata document. */
export type Introduction = { document?: string }

/** What a command-line client keeps: the `OAuthClientProvider` of both MCP SDKs. */
export function createProvider(redirectUrl: string, { document }: Introduction = {}) {
  let information: Information | undefined
  let verifier = ''
  let discovered: OAuthDiscoveryState | undefined
  const held = {
    tokens: undefined as Tokens | undefined,
    clientId: () => information?.client_id ?? '',
    /** Where the person has to go, each time they had to. */
    asked: [] as URL[],
    /** Makes the next request be refused, as when the access token has expired. */
    spoilAccessToken() {
      if (held.tokens) held.tokens = { ...held.tokens, access_token: 'expired' }
    },
  }
  const provider = {
    redirectUrl,
    ...(document && { clientMetadataUrl: document }),
    clientMetadata: {
      client_name: 'Night owl',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    state: () => randomBytes(16).toString('base64url'),
    clientInformation: () => information,
    saveClientInformation(given: Information) {
      information = given
    },
    tokens: () => held.tokens,
    saveTokens(tokens: Tokens) {
      held.tokens = tokens
    },
    redirectToAuthorization(url: URL) {
      held.asked.push(url)
    },
    saveCodeVerifier(given: string) {
      verifier = given
    },
    codeVerifier: () => verifier,
    saveDiscoveryState(state: OAuthDiscoveryState) {
      discovered = state
    },
    discoveryState: () => discovered,
    invalidateCredentials(what: string) {
      if (what === 'all' || what === 'discovery') discovered = undefined
      if (what === 'all' || what === 'tokens') held.tokens = undefined
      if (what === 'all' || what === 'client') information = undefined
    },
  }
  return { provider, held }
}

export type Provider = ReturnType<typeof createProvider>
