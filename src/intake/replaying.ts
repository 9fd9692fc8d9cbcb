import { and, eq } from 'drizzle-orm'
import type { Receipt } from '#sdk/contract.ts'
import { answerText } from '#src/causes/answer.ts'
import { causeAnswer, supportTicket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { referenceOf } from '#src/tickets/reference.ts'
import type { Status } from '#src/tickets/ticket.ts'

export type Filed =
  | { ok: true; receipt: Receipt; replayed: boolean }
  | { ok: false; reason: Refusal }
  | { ok: false; reason: 'too_many'; retryAfterSeconds: number }

export type Refusal =
  | 'support_disabled'
  | 'identity_required'
  | 'identity_invalid'
  /** At a server whose end-users the desk signs in: an `identity_invalid` to the server. */
  | 'not_signed_in'
  | 'email_required'
  | 'idempotency_conflict'

/** The answer given before to this idempotency key, if there was one. */
export async function replay(
  tx: Tx,
  { server, scope }: AdmittedServer,
  idempotencyKey: string,
  requestHash: Buffer,
): Promise<Filed | null> {
  const [earlier] = await tx
    .select({
      number: supportTicket.number,
      status: supportTicket.status,
      createdAt: supportTicket.createdAt,
      requestHash: supportTicket.requestHash,
      answer: { body: causeAnswer.body, link: causeAnswer.link },
    })
    .from(supportTicket)
    .leftJoin(
      causeAnswer,
      and(
        eq(causeAnswer.organizationId, scope.organizationId),
        eq(causeAnswer.cause, supportTicket.cause),
        eq(causeAnswer.version, supportTicket.answerVersion),
      ),
    )
    .where(
      and(
        eq(supportTicket.organizationId, scope.organizationId),
        eq(supportTicket.mcpServerId, server.id),
        eq(supportTicket.idempotencyKey, idempotencyKey),
      ),
    )
  if (!earlier) return null
  if (!requestHash.equals(earlier.requestHash)) return { ok: false, reason: 'idempotency_conflict' }
  return { ok: true, receipt: receiptOf(server.slug, earlier), replayed: true }
}

/** What a receipt tells of a ticket. */
export type Receivable = {
  number: number
  status: Status
  createdAt: Date
  /** The answer that goes with it, or that went with it the first time. */
  answer: { body: string | null; link: string | null } | null
}

/** What a reporter is told of a ticket; never that it is held for spam. */
export const receiptOf = (
  slug: string,
  { number, status, createdAt, answer }: Receivable,
): Receipt => ({
  reference: referenceOf(slug, number),
  status: status === 'spam' ? 'open' : status,
  createdAt: createdAt.toISOString(),
  ...(answer?.body && { answer: answerText({ body: answer.body, link: answer.link }) }),
})
