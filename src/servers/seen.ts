import { and, eq } from 'drizzle-orm'
import { mcpServer, serverKey } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { cut, storable } from '#src/lib/text.ts'
import type { AdmittedServer } from './queries.ts'

/** Signs of life are written at most this often. */
const everyMs = 60_000
const versionCharsMax = 40

const isDue = (last: Date | null, now: Date) => !last || now.getTime() - last.getTime() >= everyMs

/** Notes that a key was used. */
export async function noteUse({ scope, server, key }: AdmittedServer): Promise<void> {
  const now = new Date()
  if (!isDue(key.lastUsedAt, now)) return
  const { organizationId } = scope
  await inScope(scope, (tx) =>
    tx
      .update(serverKey)
      .set({ lastUsedAt: now })
      .where(
        and(
          eq(serverKey.organizationId, organizationId),
          eq(serverKey.mcpServerId, server.id),
          eq(serverKey.id, key.id),
        ),
      ),
  )
}

/** Notes that an SDK asked for the settings, and which version it says it is. */
export async function noteSdk({ scope, server }: AdmittedServer, version: string): Promise<void> {
  const now = new Date()
  const sdkVersion = cut(storable(version), versionCharsMax)
  if (!isDue(server.sdkSeenAt, now) && server.sdkVersion === sdkVersion) return
  const { organizationId } = scope
  await inScope(scope, (tx) =>
    tx
      .update(mcpServer)
      .set({ sdkSeenAt: now, sdkVersion })
      .where(and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, server.id))),
  )
}
