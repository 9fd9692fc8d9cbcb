import { and, desc, eq, isNotNull, lt } from 'drizzle-orm'
import { causeAnswer as answer, cause, causeEvent } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { Fingerprint } from './fingerprint.ts'

/** The cause of a ticket that arrives. */
export type Taken = {
  number: number
  fixedAt: Date | null
  /** What staff tell the next reporter: the newest version, unless it took the answer back. */
  answer: { version: number; body: string; link: string | null } | null
}

/** The cause that a server's failed call has, or null: it is the first of its kind. */
export async function findCause(
  tx: Tx,
  { organizationId }: Scope,
  serverId: string,
  { fingerprint }: Fingerprint,
): Promise<Taken | null> {
  const newest = tx
    .select({ version: answer.version, body: answer.body, link: answer.link })
    .from(answer)
    .where(and(eq(answer.organizationId, organizationId), eq(answer.cause, cause.number)))
    .orderBy(desc(answer.version))
    .limit(1)
    .as('newest')
  const [found] = await tx
    .select({
      number: cause.number,
      fixedAt: cause.fixedAt,
      version: newest.version,
      body: newest.body,
      link: newest.link,
    })
    .from(cause)
    .leftJoinLateral(newest, isNotNull(newest.body))
    .where(
      and(
        eq(cause.organizationId, organizationId),
        eq(cause.mcpServerId, serverId),
        eq(cause.fingerprint, fingerprint),
      ),
    )
  if (!found) return null
  const { number, fixedAt, version, body, link } = found
  return { number, fixedAt, answer: version && body ? { version, body, link } : null }
}

/** Makes the cause whose first ticket has this number, unless another ticket was first by now. */
export async function makeCause(
  tx: Tx,
  scope: Scope,
  print: Fingerprint,
  { serverId, number, createdAt }: { serverId: string; number: number; createdAt: Date },
): Promise<Taken> {
  const { organizationId } = scope
  const made = await tx
    .insert(cause)
    .values({ organizationId, number, mcpServerId: serverId, ...print, createdAt })
    .onConflictDoNothing()
    .returning({ number: cause.number })
  if (made.length > 0) return { number, fixedAt: null, answer: null }
  const first = await findCause(tx, scope, serverId, print)
  if (!first) throw new Error('a cause with this fingerprint came and went')
  return first
}

/** A ticket that was raised after its cause was fixed says that it is not: the cause is open again. */
export async function reopenCause(
  tx: Tx,
  { organizationId }: Scope,
  { number }: Taken,
  ticket: { number: number; raisedAt: Date; createdAt: Date },
): Promise<boolean> {
  const { createdAt } = ticket
  const reopened = await tx
    .update(cause)
    .set({ fixedAt: null, reopenedAt: createdAt })
    .where(
      and(
        eq(cause.organizationId, organizationId),
        eq(cause.number, number),
        lt(cause.fixedAt, ticket.raisedAt),
      ),
    )
    .returning({ number: cause.number })
  if (reopened.length === 0) return false
  const event = { action: 'reopened' as const, newValue: String(ticket.number), createdAt }
  await tx.insert(causeEvent).values({ organizationId, cause: number, id: newId(), ...event })
  return true
}
