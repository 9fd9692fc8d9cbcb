import { sql } from 'drizzle-orm'
import { refusedAttempt } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'

/** Between two writes about one server and reason: a flood of refusals must not become one of writes. */
const everyMs = 1_000

/** A refusal is news for a week. */
export const refusalsKeptMs = 7 * 24 * 3_600_000

/** Refusals since the last write, by server and reason. */
const waiting = new Map<string, { times: number }>()

/** Counts a refusal of a server's address by its reason, and nothing of what was sent. */
export async function noteRefusal(scope: Scope, mcpServerId: string, reason: string) {
  const name = `${mcpServerId} ${reason}`
  const earlier = waiting.get(name)
  if (earlier) {
    earlier.times++
    return
  }
  const since = { times: 0 }
  waiting.set(name, since)
  const timer = setInterval(() => {
    const { times } = since
    since.times = 0
    if (times > 0) return write(scope, mcpServerId, reason, times).catch(() => {})
    clearInterval(timer)
    waiting.delete(name)
  }, everyMs)
  timer.unref()
  await write(scope, mcpServerId, reason, 1)
}

const write = (scope: Scope, mcpServerId: string, reason: string, times: number) =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const lastAt = new Date()
    const since = new Date(lastAt.getTime() - refusalsKeptMs)
    await tx
      .insert(refusedAttempt)
      .values({ organizationId, mcpServerId, reason, times, lastAt })
      .onConflictDoUpdate({
        target: [refusedAttempt.organizationId, refusedAttempt.mcpServerId, refusedAttempt.reason],
        set: {
          times: sql`excluded.times + case when ${refusedAttempt.lastAt} > ${since.toISOString()}::timestamptz
            then ${refusedAttempt.times} else 0 end`,
          lastAt: sql`excluded.last_at`,
        },
      })
  })
