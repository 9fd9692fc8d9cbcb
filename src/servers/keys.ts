import { serverKey } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'

/**
 * Makes a secret key for a server. The desk keeps its SHA-256 only, so the returned text is the
 * one time it can be read.
 */
export async function createKey(tx: Tx, scope: Scope, mcpServerId: string): Promise<string> {
  const key = `sk_${newSecret()}`
  const { organizationId } = scope
  await tx.insert(serverKey).values({
    organizationId,
    id: newId(),
    mcpServerId,
    kind: 'secret',
    keyHash: sha256(key),
    ending: key.slice(-4),
    createdAt: new Date(),
  })
  return key
}
