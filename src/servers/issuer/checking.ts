import type { Scope } from '#src/db/scope.ts'
import { type Discovered, discoveryOf } from '#src/identity/discovering.ts'
import type { McpServer } from '#src/servers/queries.ts'
import type { ServerSettings } from '#src/servers/settings.ts'

type Sign = Pick<ServerSettings, 'auth'> & { issuer?: string | null | undefined }

/**
 * Why a chosen issuer can't be saved, or null. One that was saved before is not asked again: while
 * it is down, staff change what else they like.
 */
export async function issuerProblem(
  scope: Scope,
  chosen: Sign,
  before: Sign | null,
  baseUrl: URL,
): Promise<string | null> {
  const { auth, issuer } = chosen
  if (auth !== 'external' || !issuer) return null
  if (before?.auth === 'external' && before.issuer === issuer) return null
  const answer = await discoveryOf(scope).discover(issuer, baseUrl)
  return answer.ok ? null : answer.reason
}

/** A server's issuer, with what it answered where it was asked a moment ago. */
export type Connection = { issuer: string; answer?: Discovered | undefined }

export const connectionOf = (scope: Scope, { auth, issuer }: McpServer): Connection | undefined =>
  auth === 'external' && issuer !== null
    ? { issuer, answer: discoveryOf(scope).known(issuer) }
    : undefined

/** The same, asked now. */
export async function askedConnectionOf(
  scope: Scope,
  server: McpServer,
  baseUrl: URL,
): Promise<Connection | undefined> {
  const connection = connectionOf(scope, server)
  if (!connection) return undefined
  const answer = await discoveryOf(scope).discover(connection.issuer, baseUrl)
  return { ...connection, answer }
}
