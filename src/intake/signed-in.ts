import { and, eq } from 'drizzle-orm'
import { endUser, oauthGrant } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { isId } from '#src/staff/forms.ts'
import type { ParsedTicket } from './input.ts'
import type { Identified } from './reporter.ts'

/**
 * Who raised a ticket at a server whose end-users the desk signs in: the server names issuer,
 * subject and sign-in (`sid`) as the access token does, and the desk knows the rest. E-mail and
 * name are those of the account, whatever the request says.
 *
 * The sign-in has to be alive at `raisedAt`, so that what waited in a queue still arrives. Only who
 * holds the server's key can claim an earlier time, and gains no more by it than what it could have
 * filed then: a ticket of somebody who was signed in.
 */
export async function signedIn(
  tx: Tx,
  { server, scope, address }: Pick<AdmittedServer, 'server' | 'scope' | 'address'>,
  given: ParsedTicket['reporter'],
  raisedAt: Date,
): Promise<Identified> {
  if (!given) return { ok: false, reason: 'identity_required' }
  const { issuer, subject, sid = '' } = given
  if (issuer !== address || !isId(subject) || !isId(sid)) return notSignedIn
  const found = await findSignIn(tx, { server, scope }, { subject, sid })
  if (!found || !wasAlive(found, raisedAt)) return notSignedIn
  const { email, name } = found
  return {
    ok: true,
    reporter: { proof: 'signed_in', email, name: name || null, issuer, subject },
  }
}

const notSignedIn = { ok: false, reason: 'not_signed_in' } as const

const wasAlive = (grant: { expiresAt: Date; revokedAt: Date | null }, at: Date) =>
  grant.expiresAt > at && (grant.revokedAt === null || grant.revokedAt > at)

/**
 * Read and locked by the transaction that files: a revocation waits for it, so that no ticket of a
 * sign-in arrives after the answer that it has ended. Only the grant is locked, since deleting an
 * account locks the account first and its grants after it.
 */
async function findSignIn(
  tx: Tx,
  { server, scope: { organizationId } }: Pick<AdmittedServer, 'server' | 'scope'>,
  { subject, sid }: { subject: string; sid: string },
) {
  const [found] = await tx
    .select({
      email: endUser.email,
      name: endUser.name,
      expiresAt: oauthGrant.expiresAt,
      revokedAt: oauthGrant.revokedAt,
    })
    .from(oauthGrant)
    .innerJoin(
      endUser,
      and(
        eq(endUser.organizationId, organizationId),
        eq(endUser.mcpServerId, server.id),
        eq(endUser.id, oauthGrant.endUserId),
      ),
    )
    .where(
      and(
        eq(oauthGrant.organizationId, organizationId),
        eq(oauthGrant.mcpServerId, server.id),
        eq(oauthGrant.id, sid),
        eq(oauthGrant.endUserId, subject),
      ),
    )
    .for('share', { of: oauthGrant })
  return found
}
