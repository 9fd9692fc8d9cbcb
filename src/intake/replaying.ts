import { and, eq, gt, lte, notExists, sql } from 'drizzle-orm'
import { alias, unionAll } from 'drizzle-orm/pg-core'
import type { Receipt } from '#sdk/contract.ts'
import { answerText } from '#src/causes/answer.ts'
import { causeAnswer, supportTicket, ticketOccurrence } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { referenceOf } from '#src/tickets/reference.ts'
import type { Status } from '#src/tickets/ticket.ts'

const target = alias(supportTicket, 'target')
const newer = alias(causeAnswer, 'newer')

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

/**
 * The receipt given before to this idempotency key, of a ticket or of what was added to one. A
 * merged ticket is as far as the one that it is a part of now. The answer is the last one that the
 * ticket's reporter was given; none where it had been taken back when this was added.
 */
export async function replay(
  tx: Tx,
  { server, scope }: AdmittedServer,
  idempotencyKey: string,
  requestHash: Buffer,
): Promise<Filed | null> {
  const [named] = await keyed(tx, scope, server.id, idempotencyKey)
  if (!named) return null
  if (!requestHash.equals(named.requestHash)) return { ok: false, reason: 'idempotency_conflict' }
  const [earlier] = await tx
    .select({
      number: supportTicket.number,
      status: sql<Status>`coalesce(${target.status}, ${supportTicket.status})`,
      createdAt: supportTicket.createdAt,
      answer: { body: causeAnswer.body, link: causeAnswer.link },
    })
    .from(supportTicket)
    .leftJoin(
      target,
      and(
        eq(target.organizationId, scope.organizationId),
        eq(target.number, supportTicket.mergedInto),
      ),
    )
    .leftJoin(
      causeAnswer,
      and(
        eq(causeAnswer.organizationId, scope.organizationId),
        eq(causeAnswer.cause, supportTicket.cause),
        eq(causeAnswer.version, supportTicket.answerVersion),
        notExists(newerThan(tx, scope, named.createdAt)),
      ),
    )
    .where(
      and(
        eq(supportTicket.organizationId, scope.organizationId),
        eq(supportTicket.id, named.ticketId),
      ),
    )
  if (!earlier) return null
  return { ok: true, receipt: receiptOf(server.slug, earlier), replayed: true }
}

/** A version that was there already when a ticket, or what was added to it, arrived. */
const newerThan = (tx: Tx, { organizationId }: Scope, arrivedAt: Date) =>
  tx
    .select({ version: newer.version })
    .from(newer)
    .where(
      and(
        eq(newer.organizationId, organizationId),
        eq(newer.cause, supportTicket.cause),
        gt(newer.version, supportTicket.answerVersion),
        lte(newer.createdAt, arrivedAt),
      ),
    )

/** Where an idempotency key was used, and when. */
const keyed = (tx: Tx, { organizationId }: Scope, serverId: string, key: string) =>
  unionAll(
    tx
      .select({
        ticketId: supportTicket.id,
        requestHash: supportTicket.requestHash,
        createdAt: supportTicket.createdAt,
      })
      .from(supportTicket)
      .where(
        and(
          eq(supportTicket.organizationId, organizationId),
          eq(supportTicket.mcpServerId, serverId),
          eq(supportTicket.idempotencyKey, key),
        ),
      ),
    tx
      .select({
        ticketId: ticketOccurrence.ticketId,
        requestHash: ticketOccurrence.requestHash,
        createdAt: ticketOccurrence.createdAt,
      })
      .from(ticketOccurrence)
      .where(
        and(
          eq(ticketOccurrence.organizationId, organizationId),
          eq(ticketOccurrence.mcpServerId, serverId),
          eq(ticketOccurrence.idempotencyKey, key),
        ),
      ),
  ).limit(1)

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
