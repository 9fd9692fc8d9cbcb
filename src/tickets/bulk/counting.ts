import { and, count, eq, inArray, ne } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import type { Setting } from '#src/tickets/setting.ts'
import type { Count } from '#src/tickets/ticket.ts'
import { type Chosen, stepper } from './chosen.ts'

/** What a change of many would do, before it is done. */
export type Counted = {
  /** Tickets it would change; exact, unless counting took too long. */
  tickets: Count
  /** The newest of them: what arrives later stays out. */
  newest: number | null
}

const bounds = { stepTickets: 2_000, workMs: 5_000 }

/** Counts the chosen tickets that have another value now. */
export async function countChanges(
  scope: Scope,
  chosen: Chosen,
  { field, value }: Setting,
  { stepTickets, workMs }: typeof bounds = bounds,
): Promise<Counted> {
  const until = Date.now() + workMs
  const next = await stepper(scope, chosen)
  const counted: Counted = { tickets: { n: 0, more: false }, newest: null }
  for (let before: number | null = null; ; ) {
    const { step, n } = await inScope(scope, async (tx) => {
      const step = await next(tx, before, stepTickets)
      if (step.numbers.length === 0) return { step, n: 0 }
      const [row] = await tx
        .select({ n: count() })
        .from(ticket)
        .where(
          and(
            eq(ticket.organizationId, scope.organizationId),
            inArray(ticket.number, step.numbers),
            ne(ticket[field], value),
          ),
        )
      return { step, n: row?.n ?? 0 }
    })
    counted.tickets.n += n
    counted.newest ??= step.numbers[0] ?? null
    if (step.before === null) return counted
    if (Date.now() >= until) return { ...counted, tickets: { n: counted.tickets.n, more: true } }
    before = step.before
  }
}
