import { and, eq } from 'drizzle-orm'
import { oauthClient } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import type { Issuer } from '../queries.ts'
import { ofIssuer } from './queries.ts'

/** Notes that somebody let a client in: it stays, where others make room. */
export async function noteClientUse(tx: Tx, issuer: Issuer, id: string, now: Date): Promise<void> {
  await tx
    .update(oauthClient)
    .set({ usedAt: now })
    .where(and(ofIssuer(issuer), eq(oauthClient.id, id)))
}
