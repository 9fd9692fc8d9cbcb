import { exportJWK, generateKeyPair } from 'jose'
import { signingKey } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import type { Issuer } from '../queries.ts'
import { publicPart } from './queries.ts'
import { seal } from './sealing.ts'

/** Makes a server's key of one generation, unless another desk was faster. */
export async function makeKey(
  issuer: Issuer,
  generation: number,
  secret: Uint8Array,
  now: Date,
): Promise<void> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  const publicKey = await publicPart(key)
  if (!publicKey) throw new TypeError('a new key pair is for ES256')
  const row = {
    organizationId: issuer.scope.organizationId,
    mcpServerId: issuer.serverId,
    generation,
    publicKey,
    privateKey: await seal(issuer, publicKey.kid, key, secret),
    createdAt: now,
  }
  await inScope(issuer.scope, (tx) => tx.insert(signingKey).values(row).onConflictDoNothing())
}
