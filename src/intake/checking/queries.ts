import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { limits } from '#sdk/limits.ts'
import { causeAnswer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import type { Asker } from './asker.ts'

/** Tickets of a person that are looked through, at whichever servers, for those at this one. */
const walkedMax = 500

const target = alias(ticket, 'target')

/**
 * The asker's tickets at this server, newest first, or the one of this number. A merged ticket is
 * as far as the one that it is a part of now. `answer` is the newest one to its cause, unless that
 * took the answer back.
 */
export async function ownTickets(
  tx: Tx,
  { scope: { organizationId }, server }: AdmittedServer,
  { theirs }: Asker,
  number?: number,
) {
  const walked = tx
    .select({
      number: ticket.number,
      serverId: ticket.mcpServerId,
      title: ticket.title,
      status: ticket.status,
      createdAt: ticket.createdAt,
      cause: ticket.cause,
      mergedInto: ticket.mergedInto,
    })
    .from(ticket)
    .where(
      and(
        eq(ticket.organizationId, organizationId),
        theirs,
        number === undefined ? undefined : eq(ticket.number, number),
      ),
    )
    .orderBy(desc(ticket.number))
    .limit(walkedMax)
    .as('walked')
  const answer = tx
    .select({ body: causeAnswer.body, link: causeAnswer.link })
    .from(causeAnswer)
    .where(
      and(
        eq(causeAnswer.organizationId, organizationId),
        eq(causeAnswer.cause, sql`coalesce(${walked.cause}, ${target.cause})`),
      ),
    )
    .orderBy(desc(causeAnswer.version))
    .limit(1)
    .as('answer')
  return tx
    .select({
      number: walked.number,
      title: walked.title,
      status: walked.status,
      statusMerged: target.status,
      createdAt: walked.createdAt,
      body: answer.body,
      link: answer.link,
    })
    .from(walked)
    .leftJoin(
      target,
      and(eq(target.organizationId, organizationId), eq(target.number, walked.mergedInto)),
    )
    .leftJoinLateral(answer, isNotNull(answer.body))
    .where(eq(walked.serverId, server.id))
    .orderBy(desc(walked.number))
    .limit(limits.checkedTicketsMax)
}
