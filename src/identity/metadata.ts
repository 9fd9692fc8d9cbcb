import type { Issuer } from './queries.ts'
import { accessTokenType } from './tokens.ts'

/**
 * What clients and MCP servers have to know of an issuer: authorization server metadata (RFC 8414),
 * which is also complete for those that read it as OpenID Connect Discovery 3. The desk issues no ID
 * tokens.
 */
export const metadataOf = ({ url }: Issuer, clientMetadata: boolean) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  registration_endpoint: `${url}/register`,
  revocation_endpoint: `${url}/revoke`,
  introspection_endpoint: `${url}/introspect`,
  jwks_uri: `${url}/jwks`,
  scopes_supported: ['support'],
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: clientMethods,
  revocation_endpoint_auth_methods_supported: clientMethods,
  // The MCP server's key, by the name of a token type, as RFC 8414 2 allows.
  introspection_endpoint_auth_methods_supported: ['Bearer'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: clientMetadata,
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  mcp_obs_access_token_typ: accessTokenType,
})

const clientMethods = ['none', 'client_secret_basic', 'client_secret_post']
