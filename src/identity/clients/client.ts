import type { oauthClient } from '#src/db/schema.ts'

/**
 * A program that asks a server's issuer for tokens: registered by itself (RFC 7591), or described by
 * the document at its id.
 */
export type Client = Omit<typeof oauthClient.$inferSelect, 'organizationId' | 'mcpServerId'>

/** `token_endpoint_auth_method` (RFC 7591 2). */
export type AuthMethod = Client['authMethod']

export const authMethods = ['none', 'client_secret_basic', 'client_secret_post'] as const

/** What a client may ask for; tokens for an authorization code, at least. */
export const grantTypes = ['authorization_code', 'refresh_token'] as const
