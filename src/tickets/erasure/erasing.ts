import { and, asc, eq, gt, inArray, ne, type SQL } from 'drizzle-orm'
import { emptyBucket, rateBucket } from '#src/db/bucket.ts'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { deleteEndUser } from '#src/servers/end-users/deleting.ts'
import { forgetBlocks } from '#src/tickets/blocking.ts'
import { recordEvent } from '#src/tickets/events.ts'
import { checkBucket, reporterBucket } from '#src/tickets/person.ts'
import { findReporter } from '#src/tickets/reporters.ts'
import { eraseContexts, eraseOccurrences } from './captured.ts'
import { erasePatterns } from './causes.ts'
import { erasedWith } from './queries.ts'

type Erasure = {
  /** Of a ticket of theirs. */
  number: number
  /** Whether what they wrote goes too, and what was captured. */
  words: boolean
  staffId: string
}
/** `left`: the time was up, and there are more tickets of theirs. */
type Erased = { ok: true; left: boolean } | { ok: false; reason: 'not_found' }

const bounds = { batchTickets: 200, workMs: 5_000 }
const nobody = {
  reporterProof: 'erased',
  userName: null,
  userEmail: null,
  mcpUserIssuer: null,
  mcpUserId: null,
  sessionId: null,
  reporterHash: null,
} as const
const noWords = {
  title: '[erased]',
  description: '[erased]',
  userAgent: null,
  clientName: null,
  clientVersion: null,
  failedError: null,
} as const

/**
 * Takes an end-user out of their tickets, which stay. Whom the desk signed in loses their account
 * first, so that no ticket of theirs comes behind the work. It goes in batches, each a transaction
 * with its events, and comes last to the ticket that was named: as long as that one tells who they
 * are, another call goes on where this one stopped. A ticket without a reporter is left as it is.
 */
export async function eraseReporter(
  scope: Scope,
  erasure: Erasure,
  { batchTickets, workMs }: typeof bounds = bounds,
): Promise<Erased> {
  const until = Date.now() + workMs
  const { number } = erasure
  const reporter = await inScope(scope, (tx) => findReporter(tx, scope, number))
  if (!reporter) return { ok: false, reason: 'not_found' }
  const theirs = erasedWith(reporter)
  if (!theirs) return { ok: true, left: false }
  const { proof, subject, serverId } = reporter
  if (proof === 'signed_in' && subject) await deleteEndUser(scope, serverId, subject)
  const isOther = ne(ticket.number, number)
  for (let done: number | null = 0; done !== null; ) {
    if (done > 0 && Date.now() >= until) return { ok: true, left: true }
    const rest = and(isOther, gt(ticket.number, done))
    done = await inScope(scope, (tx) =>
      eraseBatch(tx, scope, erasure, { theirs, rest, batchTickets }),
    )
  }
  await inScope(scope, async (tx) => {
    // First, as whoever raises a ticket does: it is their bucket, and then what it is added to.
    await emptyBucket(tx, rateBucket(scope.organizationId, reporterBucket(reporter)))
    await eraseBatch(tx, scope, erasure, { theirs, rest: eq(ticket.number, number), batchTickets })
    await emptyBucket(tx, rateBucket(scope.organizationId, checkBucket(reporter)))
    await forgetBlocks(tx, scope, reporter)
  })
  return { ok: true, left: false }
}

type Batch = { theirs: SQL; rest: SQL | undefined; batchTickets: number }

/** The next tickets by number, and the last of these; null when there are none. */
async function eraseBatch(
  tx: Tx,
  scope: Scope,
  { words, staffId }: Erasure,
  { theirs, rest, batchTickets }: Batch,
): Promise<number | null> {
  const ofOrganization = eq(ticket.organizationId, scope.organizationId)
  const next = await tx
    .select({ number: ticket.number })
    .from(ticket)
    .where(and(ofOrganization, theirs, rest))
    .orderBy(asc(ticket.number))
    .limit(batchTickets)
  const numbers = next.map(({ number }) => number)
  const last = numbers.at(-1)
  if (last === undefined) return null
  // Who else erases the same person queues up here, and finds these done.
  const locked = await tx
    .select({ id: ticket.id, cause: ticket.cause })
    .from(ticket)
    .where(and(ofOrganization, inArray(ticket.number, numbers), theirs))
    .orderBy(asc(ticket.number))
    .for('update')
  const ids = locked.map(({ id }) => id)
  if (ids.length === 0) return last
  const now = new Date()
  await eraseContexts(tx, scope, ids, words)
  await eraseOccurrences(tx, scope, ids, words)
  await tx
    .update(ticket)
    .set({ ...nobody, ...(words && noWords), updatedAt: now })
    .where(and(ofOrganization, inArray(ticket.id, ids)))
  const causes = [...new Set(locked.flatMap(({ cause }) => cause ?? []))]
  if (words && causes.length > 0) await erasePatterns(tx, scope, causes)
  await recordEvent(
    tx,
    scope,
    ...ids.map((ticketId) => ({
      ticketId,
      action: 'reporter_erased' as const,
      ...(words && { newValue: 'words' }),
      staffId,
      createdAt: now,
    })),
  )
  return last
}
