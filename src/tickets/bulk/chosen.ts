import type { Tx } from '#src/db/scope.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import { refine } from '#src/tickets/filter.ts'
import { narrow } from '#src/tickets/narrowing.ts'
import { nextTickets, type Step } from '#src/tickets/walking.ts'

/** Tickets that are changed together: some that are named, or all of a list. */
export type Chosen = { numbers: number[] } | { filter: TicketFilter }

/** Steps through the chosen tickets, each in the transaction that deals with them. */
export async function stepper(
  scope: Scope,
  chosen: Chosen,
): Promise<(tx: Tx, before: number | null, limit: number) => Promise<Step>> {
  if ('numbers' in chosen) {
    const sorted = [...new Set(chosen.numbers)].sort((a, b) => b - a)
    return async (_, before, limit) => {
      const rest = sorted.filter((number) => before === null || number < before)
      const numbers = rest.slice(0, limit)
      return { numbers, before: rest.length > limit ? (numbers.at(-1) ?? null) : null }
    }
  }
  const list = await inScope(scope, (tx) => narrow(tx, scope, refine(chosen.filter, {})))
  return (tx, before, limit) => nextTickets(tx, scope, list.narrowed, before, limit)
}
