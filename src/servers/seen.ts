import { and, eq, isNull, lte, or } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { mcpServer, serverKey } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { cut, storable } from '#src/lib/text.ts'
import type { AdmittedServer } from './queries.ts'

/** Signs of life are written at most this often, a row. */
const everyMs = 60_000
const versionCharsMax = 40

/** Notes that a key was used. */
export async function noteUse({ scope, server, key }: AdmittedServer): Promise<void> {
  const { organizationId } = scope
  await noteOnce(key.id, key.lastUsedAt, (now) =>
    inScope(scope, async (tx) => {
      await tx
        .update(serverKey)
        .set({ lastUsedAt: now })
        .where(
          and(
            eq(serverKey.organizationId, organizationId),
            eq(serverKey.mcpServerId, server.id),
            eq(serverKey.id, key.id),
            isDue(serverKey.lastUsedAt, now),
          ),
        )
    }),
  )
}

/** Notes that an SDK asked for the settings, and which version it says it is. */
export async function noteSdk({ scope, server }: AdmittedServer, version: string): Promise<void> {
  const { organizationId } = scope
  await noteOnce(server.id, server.sdkSeenAt, (now) =>
    inScope(scope, async (tx) => {
      await tx
        .update(mcpServer)
        .set({ sdkSeenAt: now, sdkVersion: cut(storable(version), versionCharsMax) })
        .where(
          and(
            eq(mcpServer.organizationId, organizationId),
            eq(mcpServer.id, server.id),
            isDue(mcpServer.sdkSeenAt, now),
          ),
        )
    }),
  )
}

const noting = new Set<string>()

/** Writes what is due, and lets those who come meanwhile pass: one of them is enough. */
async function noteOnce(id: string, last: Date | null, write: (now: Date) => Promise<void>) {
  const now = new Date()
  if ((last && last.getTime() > dueBefore(now).getTime()) || noting.has(id)) return
  noting.add(id)
  try {
    await write(now)
  } finally {
    noting.delete(id)
  }
}

/** Also for who read the row before another one wrote it. */
const isDue = (last: AnyPgColumn, now: Date) => or(isNull(last), lte(last, dueBefore(now)))

const dueBefore = (now: Date) => new Date(now.getTime() - everyMs)
