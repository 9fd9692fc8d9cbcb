import type { McpServer } from '#src/servers/queries.ts'
import type { Member } from '#src/staff/who.ts'
import { shownOnce } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { connectPage } from './routes.tsx'

/**
 * The connect page with a key that was just made, as the answer to making it: 201, kept by no
 * cache. The desk knows the key's hash only, so this is the one time it can be read.
 */
export async function showFreshKey(
  member: Member,
  server: McpServer,
  key: string,
  visit: Visit,
): Promise<Response> {
  return shownOnce(await connectPage(visit, member, server, { freshKey: key, status: 201 }))
}
