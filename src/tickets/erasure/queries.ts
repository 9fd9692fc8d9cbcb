import { and, count, eq, type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { personOf } from '#src/tickets/person.ts'
import { findReporter, ofPerson } from '#src/tickets/reporters.ts'
import type { Count, Reporter } from '#src/tickets/ticket.ts'

/** Tickets an erasure is told to concern are counted up to here: "1,000+". */
const ticketCountMax = 1_000

/**
 * The tickets that lose their reporter with one of them: the person's, or all that gave the same
 * address without a proof. Null: there is nobody to erase.
 */
export function erasedWith(reporter: Reporter): SQL | null {
  const person = personOf(reporter)
  if (person) return ofPerson(person) ?? null
  const { proof, email } = reporter
  if (proof !== 'email' || !email) return null
  return and(eq(ticket.userEmail, email), eq(ticket.reporterProof, 'email')) ?? null
}

/** Whom an erasure would take, from how many tickets; null where there is no such ticket. */
export const readErasure = (
  scope: Scope,
  number: number,
): Promise<{ reporter: Reporter; tickets: Count } | null> =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const reporter = await findReporter(tx, scope, number)
    if (!reporter) return null
    const theirs = erasedWith(reporter)
    if (!theirs) return { reporter, tickets: { n: 0, more: false } }
    const walk = tx.$with('walk').as(
      tx
        .select({ one: sql`1`.as('one') })
        .from(ticket)
        .where(and(eq(ticket.organizationId, organizationId), theirs))
        .limit(ticketCountMax + 1),
    )
    const [row] = await tx.with(walk).select({ n: count() }).from(walk)
    const n = row?.n ?? 0
    return { reporter, tickets: { n: Math.min(n, ticketCountMax), more: n > ticketCountMax } }
  })
