import { and, asc, count, eq } from 'drizzle-orm'
import { ticketEvent as event, supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'
import type { ChangeDone } from '#src/tickets/ticket.ts'
import { isFresh } from './fresh.ts'

/** Tickets of a change are counted up to here: "10,000+". */
const ticketCountMax = 10_000

/** The change that a page's address names (`changed`), where there is one to undo. */
export const changeNamed = (scope: Scope, named: string | null): Promise<ChangeDone | null> =>
  named && isId(named) ? readChange(scope, named) : Promise.resolve(null)

/** What a change did, to say so and to offer its undoing; null where there is nothing to undo. */
function readChange(scope: Scope, changeId: string): Promise<ChangeDone | null> {
  if (!isFresh(changeId)) return Promise.resolve(null)
  const { organizationId } = scope
  return inScope(scope, async (tx) => {
    const isPart = and(eq(event.organizationId, organizationId), eq(event.changeId, changeId))
    const [first] = await tx
      .select({ number: ticket.number, action: event.action, newValue: event.newValue })
      .from(event)
      .innerJoin(
        ticket,
        and(eq(ticket.organizationId, organizationId), eq(ticket.id, event.ticketId)),
      )
      .where(isPart)
      .orderBy(asc(event.ticketId), asc(event.id))
      .limit(1)
    if (!first) return null
    const parts = await tx
      .select({ events: count() })
      .from(event)
      .where(isPart)
      .groupBy(event.ticketId)
      .orderBy(asc(event.ticketId))
      .limit(ticketCountMax + 1)
    return {
      ...first,
      id: changeId,
      tickets: { n: Math.min(parts.length, ticketCountMax), more: parts.length > ticketCountMax },
      isUndone: parts.some(({ events }) => events > 1),
    }
  })
}
