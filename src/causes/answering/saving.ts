import { and, desc, eq } from 'drizzle-orm'
import type { AnswerText } from '#src/causes/answer.ts'
import { type CauseChanged, holdCause, recordCauseEvent } from '#src/causes/holding.ts'
import { causeAnswer } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'

type Asked = {
  number: number
  /** Null takes the answer back. */
  answer: AnswerText | null
  /** The newest version that who asks was shown; 0 where there was none. */
  was: number
  staffId: string
}

/**
 * Makes a new version of a cause's answer, which the next reporters are given. Where somebody else
 * made one since the version that was shown, nothing changes.
 */
export const saveAnswer = (scope: Scope, { number, answer, was, staffId }: Asked) =>
  inScope(scope, async (tx): Promise<CauseChanged> => {
    // Held, so that versions are made one after the other.
    if (!(await holdCause(tx, scope, number))) return { ok: false, reason: 'not_found' }
    const newest = await newestVersion(tx, scope, number)
    const { body = null, link = null } = answer ?? {}
    const isSame = (newest?.body ?? null) === body && (newest?.link ?? null) === link
    if (isSame) return { ok: true, isChanged: false }
    if ((newest?.version ?? 0) !== was) return { ok: false, reason: 'changed_meanwhile' }
    const by = { staffId, createdAt: new Date() }
    const { organizationId } = scope
    await tx
      .insert(causeAnswer)
      .values({ organizationId, cause: number, version: was + 1, body, link, ...by })
    await recordCauseEvent(tx, scope, number, {
      ...by,
      action: 'answered',
      oldValue: newest && newest.body !== null ? String(newest.version) : null,
      newValue: body === null ? null : String(was + 1),
    })
    return { ok: true, isChanged: true }
  })

async function newestVersion(tx: Tx, { organizationId }: Scope, number: number) {
  const [newest] = await tx
    .select({ version: causeAnswer.version, body: causeAnswer.body, link: causeAnswer.link })
    .from(causeAnswer)
    .where(and(eq(causeAnswer.organizationId, organizationId), eq(causeAnswer.cause, number)))
    .orderBy(desc(causeAnswer.version))
    .limit(1)
  return newest
}
