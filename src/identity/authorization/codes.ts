import { and, eq } from 'drizzle-orm'
import { authorizationCode, endUserSession } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import { noteClientUse } from '../clients/using.ts'
import { lockAccount } from '../people/queries.ts'
import type { Session } from '../people/session.ts'
import { sessionsOf } from '../people/sessions.ts'
import type { Issuer } from '../queries.ts'
import { codeLivesMs } from './limits.ts'
import type { Asked } from './request.ts'

/**
 * The code that an end-user's consent becomes: good once, for a minute. Null where the session was
 * ended meanwhile: whoever ended it ended the codes of before, and no other may come after.
 */
export async function issueCode(
  issuer: Issuer,
  asked: Asked,
  { id: sessionId, endUser }: Session,
): Promise<string | null> {
  const { scope, serverId } = issuer
  const code = newSecret()
  const now = new Date()
  return inScope(scope, async (tx) => {
    if (!(await lockAccount(tx, issuer, endUser.id))) return null
    const [held] = await tx
      .select({ id: endUserSession.id })
      .from(endUserSession)
      .where(and(sessionsOf(issuer), eq(endUserSession.id, sessionId)))
      .for('key share')
    if (!held) return null
    await tx.insert(authorizationCode).values({
      organizationId: scope.organizationId,
      mcpServerId: serverId,
      codeHash: sha256(code),
      clientId: asked.client.id,
      endUserId: endUser.id,
      grantId: newId(),
      redirectUri: asked.redirectUri,
      codeChallenge: asked.challenge,
      scope: asked.scope,
      resource: asked.resource,
      expiresAt: new Date(now.getTime() + codeLivesMs),
    })
    await noteClientUse(tx, issuer, asked.client.id, now)
    return code
  })
}
