import { eq, sql } from 'drizzle-orm'
import type { TicketContext } from '#sdk/contract.ts'
import { organizationCounter, supportTicket, ticketContext } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newId, sha256 } from '#src/lib/ids.ts'
import { cut } from '#src/lib/text.ts'
import { otherCategory } from '#src/servers/defaults.ts'
import type { AdmittedServer, McpServer } from '#src/servers/queries.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import { cleanTicket, contextAt, failedCall } from './cleaning.ts'
import type { ParsedTicket } from './input.ts'
import { admitTicket } from './rates.ts'
import { type Filed, receiptOf, replay } from './replaying.ts'
import { identify } from './reporter.ts'

const failedErrorCharsMax = 160

/**
 * Files a ticket once: the same idempotency key gives the same ticket back, whichever of several
 * retries comes first. Ticket, context and event are one transaction.
 */
export async function fileTicket(
  caller: AdmittedServer,
  input: ParsedTicket,
  idempotencyKey: string,
): Promise<Filed> {
  const { server, scope, keyHash } = caller
  if (!server.supportToolEnabled) return { ok: false, reason: 'support_disabled' }
  const identified = identify(server, input)
  if (!identified.ok) return identified
  const { reporter } = identified
  const cleaned = cleanTicket(input)
  const requestHash = sha256(JSON.stringify(cleaned))

  const filed = await inScope(scope, async (tx) => {
    const earlier = await replay(tx, caller, idempotencyKey, requestHash)
    if (earlier) return earlier
    const unverifiedEmail = reporter.proof === 'email' ? reporter.email : null
    const admitted = await admitTicket(tx, scope, { keyHash, unverifiedEmail })
    if (!admitted.ok) return { ...admitted, reason: 'too_many' as const }
    const context = contextAt(server.contextLevel, cleaned.context)
    const row = newTicket(server, cleaned, reporter, context)
    const number = await nextNumber(tx, scope)
    const inserted = await tx
      .insert(supportTicket)
      .values({ ...row, number, idempotencyKey, requestHash })
      .onConflictDoNothing()
      .returning({ status: supportTicket.status })
    if (!inserted[0]) throw new Raced()
    const { id: ticketId, createdAt, organizationId } = row
    if (context)
      await tx.insert(ticketContext).values({ organizationId, ticketId, contextData: context })
    await recordEvent(tx, scope, { ticketId, action: 'filed', createdAt })
    const receipt = receiptOf(server.slug, { number, status: inserted[0].status, createdAt })
    return { ok: true as const, receipt, replayed: false }
  }).catch((thrown: unknown) => {
    if (thrown instanceof Raced) return null
    throw thrown
  })
  // A retry of the same ticket was first; rolled back, so that its number is not lost.
  return filed ?? fileTicket(caller, input, idempotencyKey)
}

class Raced extends Error {}

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

function newTicket(
  server: McpServer,
  input: ReturnType<typeof cleanTicket>,
  reporter: Reporter,
  context: TicketContext | undefined,
) {
  const now = new Date()
  const raisedAt = new Date(
    Math.min(now.getTime(), Date.parse(input.raisedAt ?? now.toISOString())),
  )
  const failed = failedCall(context)
  const { client } = context ?? {}
  return {
    organizationId: server.organizationId,
    id: newId(),
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
    failedTool: failed?.tool ?? null,
    failedError: failed?.error
      ? cut(failed.error.trim().split('\n', 1)[0] ?? '', failedErrorCharsMax)
      : null,
    trail: (context?.calls ?? []).map(({ outcome }) => (outcome === 'error' ? 'x' : 'o')).join(''),
    raisedAt,
    createdAt: now,
    updatedAt: now,
  }
}

/** A category the server no longer has, or never had, is no reason to lose a ticket. */
function categoryOf({ supportToolCategories }: McpServer, given: string | undefined): string {
  const wanted = given?.toLowerCase()
  return supportToolCategories.find((name) => name.toLowerCase() === wanted) ?? otherCategory
}
