import { eq, sql } from 'drizzle-orm'
import type { TicketContext } from '#sdk/contract.ts'
import { organizationCounter, supportTicket, ticketContext } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newId, sha256 } from '#src/lib/ids.ts'
import { cut } from '#src/lib/text.ts'
import { otherCategory } from '#src/servers/defaults.ts'
import type { AdmittedServer, McpServer } from '#src/servers/queries.ts'
import { isBlocked } from '#src/tickets/blocking.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import { cleanTicket, contextAt, failedCall } from './cleaning.ts'
import type { ParsedTicket } from './input.ts'
import { admitTicket } from './rates.ts'
import { type Filed, receiptOf, replay } from './replaying.ts'
import { authFor, identify } from './reporter.ts'
import { signedIn } from './signed-in.ts'

const failedErrorCharsMax = 160
const queuedMsMax = 30 * 24 * 3_600_000

/**
 * Files a ticket once: the same idempotency key gives the same ticket back, whichever of several
 * retries comes first, whatever changed at the desk since. Ticket, context and event are one
 * transaction, and a refusal leaves nothing behind.
 */
export async function fileTicket(
  caller: AdmittedServer,
  input: ParsedTicket,
  idempotencyKey: string,
  requestHash: Buffer = sha256(JSON.stringify(input)),
): Promise<Filed> {
  const file = () =>
    inScope(caller.scope, async (tx) => {
      const earlier = await replay(tx, caller, idempotencyKey, requestHash)
      return earlier ?? fileNew(tx, caller, input, { idempotencyKey, requestHash })
    }).catch((thrown: unknown) => {
      if (thrown instanceof Undone) return thrown.because
      throw thrown
    })
  // A retry of the same ticket was first: its answer is there now.
  return (await file()) ?? (await file()) ?? raced()
}

/** Rolls the transaction back, tokens and number with it. Null: a retry was faster. */
class Undone extends Error {
  constructor(readonly because: Filed | null) {
    super()
  }
}

const raced = (): never => {
  throw new Error('a ticket with this idempotency key came and went')
}

async function fileNew(
  tx: Tx,
  caller: AdmittedServer,
  input: ParsedTicket,
  once: { idempotencyKey: string; requestHash: Buffer },
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
  const { id: ticketId, createdAt, organizationId } = row
  // Silently: who is blocked is answered as everybody.
  const status = (await isBlocked(tx, scope, server.id, reporter)) ? 'spam' : 'open'
  const number = await nextNumber(tx, scope)
  const [inserted] = await tx
    .insert(supportTicket)
    .values({ ...row, ...once, status, number })
    .onConflictDoNothing({
      target: [
        supportTicket.organizationId,
        supportTicket.mcpServerId,
        supportTicket.idempotencyKey,
      ],
    })
    .returning({ status: supportTicket.status })
  if (!inserted) throw new Undone(null)
  if (context)
    await tx.insert(ticketContext).values({ organizationId, ticketId, contextData: context })
  const filed = { ticketId, action: 'filed' as const, createdAt }
  const toSpam = { action: 'status_changed' as const, oldValue: 'open', newValue: 'spam' }
  await recordEvent(tx, scope, filed, ...(status === 'spam' ? [{ ...filed, ...toSpam }] : []))
  const receipt = receiptOf(server.slug, { number, status: inserted.status, createdAt })
  return { ok: true, receipt, replayed: false }
}

/** The next number of the organization. Its row is a queue, so it is asked for last. */
async function nextNumber(tx: Tx, { organizationId }: Scope): Promise<number> {
  const [row] = await tx
    .update(organizationCounter)
    .set({ ticketNumber: sql`${organizationCounter.ticketNumber} + 1` })
    .where(eq(organizationCounter.organizationId, organizationId))
    .returning({ number: organizationCounter.ticketNumber })
  if (!row) throw new Error('the organization has no counter')
  return row.number
}

/** What is stored of a ticket, but for its number and the key that names it across retries. */
export function newTicket(
  server: McpServer,
  input: ReturnType<typeof cleanTicket>,
  reporter: Reporter,
  context: TicketContext | undefined,
  { id, now } = { id: newId(), now: new Date() },
) {
  const failed = failedCall(context)
  const { client } = context ?? {}
  return {
    organizationId: server.organizationId,
    id,
    mcpServerId: server.id,
    title: input.title,
    description: input.description,
    category: categoryOf(server, input.category),
    reporterProof: reporter.proof,
    mcpUserId: reporter.subject,
    mcpUserIssuer: reporter.issuer,
    userName: reporter.name,
    userEmail: reporter.email,
    sessionId: context?.sessionId ?? null,
    userAgent: client ? [client.name, client.version].filter(Boolean).join(' ') : null,
    clientName: client?.name ?? null,
    clientVersion: client?.version ?? null,
    failedTool: failed?.tool ?? null,
    failedError: failed?.error
      ? cut(failed.error.trim().split('\n', 1)[0] ?? '', failedErrorCharsMax)
      : null,
    trail: (context?.calls ?? []).map(({ outcome }) => (outcome === 'error' ? 'x' : 'o')).join(''),
    raisedAt: raisedAt(input.raisedAt, now),
    createdAt: now,
    updatedAt: now,
  }
}

/** A category the server no longer has, or never had, is no reason to lose a ticket. */
function categoryOf({ supportToolCategories }: McpServer, given: string | undefined): string {
  const wanted = given?.toLowerCase()
  return supportToolCategories.find((name) => name.toLowerCase() === wanted) ?? otherCategory
}

/** When it was raised, as far as that can be: not later than now, nor longer ago than a queue lasts. */
function raisedAt(given: string | undefined, now: Date): Date {
  const at = given === undefined ? now.getTime() : Date.parse(given)
  return new Date(Math.max(now.getTime() - queuedMsMax, Math.min(now.getTime(), at)))
}
