import type { Scope } from '#src/db/scope.ts'
import { type McpServer, newestTicket } from '#src/servers/queries.ts'

/** How far a server has come, from its first lines of code to its first ticket. */
export type Progress =
  | { state: 'disabled' | 'off' | 'waiting' }
  | { state: 'seen'; at: Date; version: string | null }
  | { state: 'arrived'; number: number; at: Date }

/** What switches tickets off comes first: nothing else explains why none arrive. */
export async function progressOf(scope: Scope, server: McpServer): Promise<Progress> {
  if (!server.enabled) return { state: 'disabled' }
  if (!server.supportToolEnabled) return { state: 'off' }
  const newest = await newestTicket(scope, server.id)
  if (newest) return { state: 'arrived', number: newest.number, at: newest.createdAt }
  const { sdkSeenAt, sdkVersion } = server
  if (sdkSeenAt) return { state: 'seen', at: sdkSeenAt, version: sdkVersion }
  return { state: 'waiting' }
}
