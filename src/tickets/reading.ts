import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'

const isTicket = ({ organizationId }: Scope, number: number) =>
  and(eq(ticket.organizationId, organizationId), eq(ticket.number, number))

const markRead = async (tx: Tx, scope: Scope, number: number): Promise<void> => {
  await tx
    .update(ticket)
    .set({ readAt: new Date() })
    .where(and(isTicket(scope, number), isNull(ticket.readAt)))
}

/** Notes that somebody of the staff opened a ticket; the first time counts. */
export const openTicket = (scope: Scope, number: number): Promise<void> =>
  inScope(scope, (tx) => markRead(tx, scope, number))

/** Makes a ticket look new to all staff again, or not; `false` where there is no such ticket. */
export const setRead = (scope: Scope, number: number, read: boolean): Promise<boolean> =>
  inScope(scope, async (tx) => {
    const [found] = await tx.select({ id: ticket.id }).from(ticket).where(isTicket(scope, number))
    if (!found) return false
    if (read) await markRead(tx, scope, number)
    else
      await tx
        .update(ticket)
        .set({ readAt: null })
        .where(and(isTicket(scope, number), isNotNull(ticket.readAt)))
    return true
  })
