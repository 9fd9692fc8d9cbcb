import { and, eq } from 'drizzle-orm'
import { blockedReporter as blocked, supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { Changed } from './changing.ts'
import { recordEvent } from './events.ts'
import { isKnown, reporterBucket } from './person.ts'
import { reporterColumns } from './reporters.ts'
import type { By } from './setting.ts'
import type { Reporter } from './ticket.ts'

type Blocking = { number: number; block: boolean; staffId: string }
type Blocked = Changed | { ok: false; reason: 'nobody' }

const isEntry = ({ organizationId }: Scope, serverId: string, reporter: Reporter) =>
  and(
    eq(blocked.organizationId, organizationId),
    eq(blocked.mcpServerId, serverId),
    eq(blocked.reporter, reporterBucket(reporter)),
  )

/** Whether a reporter's next ticket to a server is spam. */
export async function isBlocked(
  tx: Tx,
  scope: Scope,
  serverId: string,
  reporter: Reporter,
): Promise<boolean> {
  if (!isKnown(reporter)) return false
  const entries = await tx
    .select({ at: blocked.createdAt })
    .from(blocked)
    .where(isEntry(scope, serverId, reporter))
  return entries.length > 0
}

/**
 * Blocks or unblocks who raised a ticket at the server it came through: a person by the proof of
 * who they are, anybody else by the e-mail they gave. They are not told.
 */
export function blockReporter(scope: Scope, { number, block, staffId }: Blocking) {
  return inScope(scope, async (tx): Promise<Blocked> => {
    const [found] = await tx
      .select({ id: ticket.id })
      .from(ticket)
      .where(and(eq(ticket.organizationId, scope.organizationId), eq(ticket.number, number)))
    if (!found) return { ok: false, reason: 'not_found' }
    const changeId = newId()
    const done = await setBlocked(tx, scope, found.id, block, { staffId, changeId })
    return done === 'nobody'
      ? { ok: false, reason: done }
      : { ok: true, changeId: done ? changeId : null }
  })
}

/** `true` where it changed anything; `nobody` where nothing tells the reporter from others. */
export async function setBlocked(
  tx: Tx,
  scope: Scope,
  ticketId: string,
  block: boolean,
  { staffId, changeId }: By,
): Promise<boolean | 'nobody'> {
  const { organizationId } = scope
  const [found] = await tx
    .select({ serverId: ticket.mcpServerId, reporter: reporterColumns })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.id, ticketId)))
    .for('update')
  if (!found || !isKnown(found.reporter)) return 'nobody'
  const { serverId, reporter } = found
  const createdAt = new Date()
  const entry = {
    organizationId,
    mcpServerId: serverId,
    reporter: reporterBucket(reporter),
    staffId,
    createdAt,
  }
  const changed = block
    ? await tx
        .insert(blocked)
        .values(entry)
        .onConflictDoNothing()
        .returning({ at: blocked.createdAt })
    : await tx
        .delete(blocked)
        .where(isEntry(scope, serverId, reporter))
        .returning({ at: blocked.createdAt })
  if (changed.length === 0) return false
  const action = block ? 'reporter_blocked' : 'reporter_unblocked'
  await recordEvent(tx, scope, { ticketId, action, staffId, changeId, createdAt })
  return true
}

/** Forgets a reporter at all servers: an entry is a trace of who they are. */
export async function forgetBlocks(
  tx: Tx,
  { organizationId }: Scope,
  reporter: Reporter,
): Promise<void> {
  await tx
    .delete(blocked)
    .where(
      and(
        eq(blocked.organizationId, organizationId),
        eq(blocked.reporter, reporterBucket(reporter)),
      ),
    )
}
