import { and, desc, eq } from 'drizzle-orm'
import { causeAnswer } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { AnswerText } from './answer.ts'

/** What the next reporters of a cause are told: its newest version, unless that took it back. */
export async function currentAnswer(
  tx: Tx,
  { organizationId }: Scope,
  cause: number,
): Promise<(AnswerText & { version: number }) | null> {
  const [newest] = await tx
    .select({ version: causeAnswer.version, body: causeAnswer.body, link: causeAnswer.link })
    .from(causeAnswer)
    .where(and(eq(causeAnswer.organizationId, organizationId), eq(causeAnswer.cause, cause)))
    .orderBy(desc(causeAnswer.version))
    .limit(1)
  return newest && newest.body !== null ? { ...newest, body: newest.body } : null
}
