import { and, desc, eq } from 'drizzle-orm'
import type { AnswerVersion, CauseDetail, CauseEvent } from '#src/causes/cause.ts'
import { periodOf } from '#src/causes/period.ts'
import { cause, causeAnswer, causeEvent, mcpServer, staff } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { countCause } from './counting.ts'
import { newestTickets, sampleCause } from './sampling.ts'

/** Days whose tickets are drawn. */
const drawnDays = 30
/** Of a longer history the newest are shown. */
const eventsMax = 200
const answersMax = 50

/** What the page of a cause shows, or null: the organization has none with this number. */
export const readCause = (scope: Scope, number: number): Promise<CauseDetail | null> =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const [found] = await tx
      .select({
        number: cause.number,
        name: cause.name,
        pattern: cause.pattern,
        tool: cause.tool,
        serverSlug: mcpServer.slug,
        serverName: mcpServer.name,
        fixedAt: cause.fixedAt,
        reopenedAt: cause.reopenedAt,
        createdAt: cause.createdAt,
      })
      .from(cause)
      .innerJoin(
        mcpServer,
        and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, cause.mcpServerId)),
      )
      .where(and(eq(cause.organizationId, organizationId), eq(cause.number, number)))
    if (!found) return null
    const period = await periodOf(tx, scope, drawnDays)
    const [counted, sample, newest, answers, events] = await Promise.all([
      countCause(tx, scope, number, period),
      sampleCause(tx, scope, number),
      newestTickets(tx, scope, number),
      listAnswers(tx, scope, number),
      listEvents(tx, scope, number),
    ])
    const { createdAt, ...known } = found
    const firstSeen = counted.firstSeen ?? createdAt
    return { ...known, ...counted, firstSeen, sample, newest, answers, events }
  })

const listAnswers = (tx: Tx, { organizationId }: Scope, number: number): Promise<AnswerVersion[]> =>
  tx
    .select({
      version: causeAnswer.version,
      body: causeAnswer.body,
      link: causeAnswer.link,
      staffName: staff.name,
      createdAt: causeAnswer.createdAt,
    })
    .from(causeAnswer)
    .innerJoin(staff, eq(staff.id, causeAnswer.staffId))
    .where(and(eq(causeAnswer.organizationId, organizationId), eq(causeAnswer.cause, number)))
    .orderBy(desc(causeAnswer.version))
    .limit(answersMax)

async function listEvents(
  tx: Tx,
  { organizationId }: Scope,
  number: number,
): Promise<CauseEvent[]> {
  const newest = await tx
    .select({
      id: causeEvent.id,
      action: causeEvent.action,
      oldValue: causeEvent.oldValue,
      newValue: causeEvent.newValue,
      staffName: staff.name,
      createdAt: causeEvent.createdAt,
    })
    .from(causeEvent)
    .leftJoin(staff, eq(staff.id, causeEvent.staffId))
    .where(and(eq(causeEvent.organizationId, organizationId), eq(causeEvent.cause, number)))
    .orderBy(desc(causeEvent.id))
    .limit(eventsMax)
  return newest.reverse()
}
