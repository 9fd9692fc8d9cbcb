import { authorizationCode } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import { noteClientUse } from '../clients/using.ts'
import type { Issuer } from '../queries.ts'
import { codeLivesMs } from './limits.ts'
import type { Asked } from './request.ts'

/** The code that an end-user's consent becomes: good once, for a minute. */
export async function issueCode(issuer: Issuer, asked: Asked, endUserId: string): Promise<string> {
  const { scope, serverId } = issuer
  const code = newSecret()
  const now = new Date()
  await inScope(scope, async (tx) => {
    await tx.insert(authorizationCode).values({
      organizationId: scope.organizationId,
      mcpServerId: serverId,
      codeHash: sha256(code),
      clientId: asked.client.id,
      endUserId,
      grantId: newId(),
      redirectUri: asked.redirectUri,
      codeChallenge: asked.challenge,
      scope: asked.scope,
      resource: asked.resource,
      expiresAt: new Date(now.getTime() + codeLivesMs),
    })
    await noteClientUse(tx, issuer, asked.client.id, now)
  })
  return code
}
