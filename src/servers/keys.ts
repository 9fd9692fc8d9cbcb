import { and, desc, eq, isNull } from 'drizzle-orm'
import { mcpServer, serverKey } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'

/**
 * `secret` keys stay on the company's machines. `publishable` ones go out with servers that run on
 * end-users' machines: they can only file tickets, fewer of them, and vouch for nobody.
 */
export type KeyKind = 'secret' | 'publishable'

/** Keys of one kind that are active at once: enough to put a new one in place of an old one. */
export const activeKeysMax = 2

const prefixes: Record<KeyKind, string> = { secret: 'sk_', publishable: 'pk_' }

type Added = { ok: true; key: string } | { ok: false; problem: string }

/** Makes another key for a server. The returned text is the one time it can be read. */
export const addKey = (scope: Scope, mcpServerId: string, kind: KeyKind): Promise<Added> =>
  inScope(scope, async (tx) => {
    const isServer = and(
      eq(mcpServer.organizationId, scope.organizationId),
      eq(mcpServer.id, mcpServerId),
    )
    const active = and(
      isKeyOf(scope, mcpServerId),
      eq(serverKey.kind, kind),
      isNull(serverKey.revokedAt),
    )
    // Who adds keys to one server queues at its row; tickets pass.
    await tx.select({ id: mcpServer.id }).from(mcpServer).where(isServer).for('no key update')
    if ((await tx.$count(serverKey, active)) >= activeKeysMax)
      return {
        ok: false,
        problem: `There are ${activeKeysMax} active ${kind} keys already: revoke one first.`,
      }
    return { ok: true, key: await createKey(tx, scope, mcpServerId, kind) }
  })

/** Stores a new key's SHA-256, and returns the key. */
export async function createKey(
  tx: Tx,
  { organizationId }: Scope,
  mcpServerId: string,
  kind: KeyKind,
): Promise<string> {
  const key = prefixes[kind] + newSecret()
  await tx.insert(serverKey).values({
    organizationId,
    id: newId(),
    mcpServerId,
    kind,
    keyHash: sha256(key),
    ending: key.slice(-4),
    createdAt: new Date(),
  })
  return key
}

/** Revokes a key from this moment on. False: the server has no such active key. */
export const revokeKey = (scope: Scope, mcpServerId: string, keyId: string): Promise<boolean> =>
  inScope(scope, async (tx) => {
    const rows = await tx
      .update(serverKey)
      .set({ revokedAt: new Date() })
      .where(and(isKeyOf(scope, mcpServerId), eq(serverKey.id, keyId), isNull(serverKey.revokedAt)))
      .returning({ id: serverKey.id })
    return rows.length > 0
  })

/** A server's keys, newest first. */
export const listKeys = (scope: Scope, mcpServerId: string) =>
  inScope(scope, (tx) =>
    tx
      .select({
        id: serverKey.id,
        kind: serverKey.kind,
        ending: serverKey.ending,
        createdAt: serverKey.createdAt,
        lastUsedAt: serverKey.lastUsedAt,
        revokedAt: serverKey.revokedAt,
      })
      .from(serverKey)
      .where(isKeyOf(scope, mcpServerId))
      .orderBy(desc(serverKey.createdAt)),
  )

const isKeyOf = ({ organizationId }: Scope, mcpServerId: string) =>
  and(eq(serverKey.organizationId, organizationId), eq(serverKey.mcpServerId, mcpServerId))
