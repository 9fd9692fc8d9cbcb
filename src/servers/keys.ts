import { serverKey } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newSecret, sha256 } from '#src/lib/ids.ts'

/**
 * Makes a secret key for a server. The desk keeps its SHA-256 only, so the returned text is the
 * one time it can be read.
 */
export async function createKey(tx: Tx, scope: Scope, mcpServerId: string): Promise<string> {
  const key = `sk_${newSecret()}`
  const { organizationId } = scope
  await tx
    .insert(serverKey)
    .values({ organizationId, mcpServerId, keyHash: sha256(key), createdAt: new Date() })
  return key
}
