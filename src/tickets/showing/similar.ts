import { and, eq } from 'drizzle-orm'
import { causeAnswer, cause as ofCause } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { findOthers } from '#src/tickets/others.ts'
import type { Similar, TicketRow } from '#src/tickets/ticket.ts'

/** What a ticket's page says of others like it, or null: no failed call tells of any. */
export async function findSimilar(
  tx: Tx,
  scope: Scope,
  { number, cause, answerVersion }: Pick<TicketRow, 'number' | 'cause' | 'answerVersion'>,
): Promise<Similar | null> {
  if (cause === null) return null
  const { organizationId } = scope
  const [shared, [found]] = await Promise.all([
    findOthers(tx, scope, [number]),
    tx
      .select({
        tool: ofCause.tool,
        fixedAt: ofCause.fixedAt,
        reopenedAt: ofCause.reopenedAt,
        body: causeAnswer.body,
        link: causeAnswer.link,
      })
      .from(ofCause)
      .leftJoin(
        causeAnswer,
        and(
          eq(causeAnswer.organizationId, organizationId),
          eq(causeAnswer.cause, cause),
          eq(causeAnswer.version, answerVersion ?? 0),
        ),
      )
      .where(and(eq(ofCause.organizationId, organizationId), eq(ofCause.number, cause))),
  ])
  const of = shared.get(number)
  if (!of || !found) return null
  const { tool, fixedAt, reopenedAt, body, link } = found
  return {
    ...of,
    tool,
    isFixed: fixedAt !== null,
    cameBack: reopenedAt !== null,
    answer: body === null ? null : { body, link },
  }
}
