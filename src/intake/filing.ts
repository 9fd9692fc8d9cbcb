import { sql } from 'drizzle-orm'
import { fingerprintOf } from '#src/causes/fingerprint.ts'
import { findCause } from '#src/causes/taking.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { isBlocked } from '#src/tickets/blocking.ts'
import { addToDouble } from './adding.ts'
import { cleanTicket, contextAt, failedCall } from './cleaning.ts'
import type { ParsedTicket } from './input.ts'
import { admitTicket } from './rates.ts'
import { type Filed, receiptOf, replay } from './replaying.ts'
import { authFor, identify } from './reporter.ts'
import { newTicket, raisedAt } from './row.ts'
import { signedIn } from './signed-in.ts'
import { storeTicket } from './storing.ts'

/**
 * Files a ticket once: the same idempotency key gives the same ticket back, whichever of several
 * retries comes first, whatever changed at the desk since. What its reporter raised a moment ago is
 * added to the ticket that has it. Ticket, context and event are one transaction, and a refusal
 * leaves nothing behind.
 */
export const fileTicket = (
  caller: AdmittedServer,
  input: ParsedTicket,
  idempotencyKey: string,
  requestHash: Buffer = sha256(JSON.stringify(input)),
): Promise<Filed> =>
  inScope(caller.scope, async (tx) => {
    await queueUp(tx, caller.server.id, idempotencyKey)
    const earlier = await replay(tx, caller, idempotencyKey, requestHash)
    return earlier ?? fileNew(tx, caller, input, { idempotencyKey, requestHash })
  }).catch((thrown: unknown) => {
    if (thrown instanceof Undone) return thrown.because
    throw thrown
  })

/**
 * Waits for whoever files with this key, until that is done: two tables have such keys, and neither
 * sees what another transaction is about to write to the other. It is the first lock of all, so
 * that nobody waits in a circle.
 */
async function queueUp(tx: Tx, serverId: string, idempotencyKey: string): Promise<void> {
  const queue = sha256(JSON.stringify([serverId, idempotencyKey])).readBigInt64BE()
  await tx.execute(sql`select pg_advisory_xact_lock(${String(queue)}::bigint)`)
}

/** Rolls the transaction back, tokens with it. */
class Undone extends Error {
  constructor(readonly because: Filed) {
    super()
  }
}

type Once = { idempotencyKey: string; requestHash: Buffer }

async function fileNew(
  tx: Tx,
  caller: AdmittedServer,
  input: ParsedTicket,
  once: Once,
): Promise<Filed> {
  const { server, scope, key } = caller
  if (!server.supportToolEnabled) return { ok: false, reason: 'support_disabled' }
  const auth = authFor(server, key)
  const identified =
    auth === 'platform'
      ? await signedIn(tx, caller, input.reporter, raisedAt(input.raisedAt, new Date()))
      : identify(auth, server.issuer, input)
  if (!identified.ok) return identified
  const { reporter } = identified
  const admitted = await admitTicket(tx, scope, key, reporter)
  if (!admitted.ok) throw new Undone({ ...admitted, reason: 'too_many' })
  const cleaned = cleanTicket(input)
  const context = contextAt(server.contextLevel, cleaned.context)
  const row = newTicket(server, cleaned, reporter, context)
  // Silently: who is blocked is answered as everybody.
  const status = (await isBlocked(tx, scope, server.id, reporter)) ? 'spam' : 'open'
  const print = fingerprintOf(failedCall(context))
  const cause = print && (await findCause(tx, scope, server.id, print))
  const told = { context, print, cause }
  const arriving = {
    ...row,
    serverId: server.id,
    reporter,
    status,
    print,
    cause,
    now: row.createdAt,
  } as const
  const added = await addToDouble(tx, scope, arriving, { ...row, ...once, context })
  const stored = added ?? (await storeTicket(tx, scope, { ...row, ...once, status }, told))
  return { ok: true, receipt: receiptOf(server.slug, stored), replayed: false }
}
