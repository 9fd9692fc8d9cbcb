import { and, eq, type SQL } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { checkBucket } from '#src/tickets/person.ts'
import { ofPerson } from '#src/tickets/reporters.ts'
import { authFor, identify } from '../reporter.ts'
import { signedIn } from '../signed-in.ts'
import type { ParsedCheck } from './input.ts'

/** Who asks, by which of an organization's tickets are theirs, and by which rate bucket. */
export type Asker = { theirs: SQL | undefined; bucket: string }

export type Asked =
  | { ok: true; asker: Asker }
  | { ok: false; reason: 'identity_required' | 'identity_invalid' | 'not_signed_in' | 'unknown' }

/**
 * Who asks, by the rules by which tickets are filed: a person whom the server or the desk vouches
 * for now. Where nobody is vouched for it is the session, and only what nobody proved to have
 * raised is its: two people may have signed in on one. `unknown`: not even a session.
 */
export async function askerOf(tx: Tx, caller: AdmittedServer, input: ParsedCheck): Promise<Asked> {
  const { server, key } = caller
  const { reporter, sessionId } = input
  const auth = authFor(server, key)
  if (auth === 'none') {
    if (reporter) return { ok: false, reason: 'identity_invalid' }
    return sessionId === undefined
      ? { ok: false, reason: 'unknown' }
      : { ok: true, asker: ofSession(server.id, sessionId) }
  }
  const identified =
    auth === 'platform'
      ? await signedIn(tx, caller, reporter, new Date())
      : identify(auth, server.issuer, { reporter })
  if (!identified.ok) {
    const { reason } = identified
    return { ok: false, reason: reason === 'email_required' ? 'unknown' : reason }
  }
  const { issuer, subject } = identified.reporter
  if (!issuer || !subject) return { ok: false, reason: 'unknown' }
  const bucket = checkBucket(identified.reporter)
  return { ok: true, asker: { theirs: ofPerson({ issuer, subject }), bucket } }
}

const ofSession = (serverId: string, sessionId: string): Asker => ({
  theirs: and(
    eq(ticket.mcpServerId, serverId),
    eq(ticket.sessionId, sessionId),
    eq(ticket.reporterProof, 'email'),
  ),
  bucket: `check session ${sha256(JSON.stringify([serverId, sessionId])).toString('base64url')}`,
})
