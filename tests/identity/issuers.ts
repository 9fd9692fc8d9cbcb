import { decodeProtectedHeader } from 'jose'
import { findIssuer } from '#src/identity/queries.ts'
import { publishedKeys } from '#src/identity/signing/keys.ts'
import { issueAccessToken } from '#src/identity/tokens.ts'
import type { Desk } from '#src/web/route.ts'
import type { TestServer } from '../world.ts'

/** The issuer at a server's address, as a route has it. */
export async function issuerOf({ config, database }: Desk, { slug }: TestServer) {
  const issuer = await findIssuer(database, slug, config.baseUrl)
  if (!issuer) throw new Error(`${slug} is no issuer`)
  return issuer
}

export type Issuer = Awaited<ReturnType<typeof issuerOf>>

export const granted = {
  subject: '019a0000-0000-7000-8000-000000000001',
  clientId: 'c-1',
  scope: 'support',
  resource: 'https://vault.example/mcp',
  sid: '019a0000-0000-7000-8000-000000000002',
}

/** A token signed at a moment. */
export const tokenOf = async (desk: Desk, issuer: Issuer, at = new Date()): Promise<string> =>
  (await issueAccessToken(desk, issuer, granted, at)).token

/** The name of the key that a desk signs with at a moment. */
export const signsWith = async (desk: Desk, issuer: Issuer, at = new Date()): Promise<string> =>
  String(decodeProtectedHeader(await tokenOf(desk, issuer, at)).kid)

/** The names of the keys that it publishes then. */
export const publishes = async (desk: Desk, issuer: Issuer, at = new Date()): Promise<string[]> =>
  (await publishedKeys(desk, issuer, at)).map(({ kid }) => kid)
