import { z } from 'zod'
import { composed } from '#src/lib/text.ts'
import type { Member } from '#src/staff/who.ts'
import { Problem } from '#src/web/problem.ts'
import { trpcFor } from '#src/web/trpc.ts'
import { changeStatus } from './changing.ts'
import { day, filterOf, numberMax, searchCharsMax, tabs, valueCharsMax } from './filter.ts'
import { readPage } from './listing.ts'
import { priorities, statuses } from './ticket.ts'

const t = trpcFor<Member>()
const number = z.int().min(1).max(numberMax)
const value = z.string().max(valueCharsMax).transform(composed)

const filter = z.strictObject({
  status: z.enum(tabs).default('active'),
  server: value.optional(),
  tool: value.optional(),
  category: value.optional(),
  priority: z.enum(priorities).optional(),
  client: value.optional(),
  error: value.optional(),
  cause: number.optional(),
  reporter: number.optional(),
  since: day.optional(),
  until: day.optional(),
  unread: z.literal(true).optional(),
  q: z.string().max(searchCharsMax).optional(),
  before: number.optional(),
  after: number.optional(),
})

/** Procedures of the staff at `/{organization}/trpc`; the organization comes from the path. */
export const ticketsRouter = t.router({
  support: t.router({
    /**
     * A page of 50 tickets, newest first, with the cursors of the pages beside it. `tool` is the one
     * that failed, with `error`; `client` the MCP client's name. `reporter` is the number of a
     * ticket: only those of the person who raised it, which are none where nobody has proven who
     * that is. `since` and `until` are days in the organization's time zone, both included. `q` has
     * words that are all in the ticket, or its number; where a search stopped before the oldest
     * ticket, `searchedTo` is the `before` to go on with. A row's `occurrences` is how often it was
     * raised, `mergedInto` the number of the ticket it is a part of, or null. Of an erased reporter,
     * `proof` is `erased` and all else null.
     */
    getOrganizationTickets: t.procedure
      .input(filter)
      .query(({ ctx, input }) =>
        readPage(ctx.caller.scope, filterOf({ ...input, q: input.q?.trim() })),
      ),

    /** Sets a ticket's status. The status it has already changes nothing (`changed: false`). */
    updateTicketStatus: t.procedure
      .input(z.strictObject({ number, status: z.enum(statuses) }))
      .mutation(async ({ ctx, input }) => {
        const { scope, staff } = ctx.caller
        const result = await changeStatus(scope, { ...input, staffId: staff.id })
        if (!result.ok) throw new Problem('not_found')
        return { ...input, changed: result.changeId !== null }
      }),
  }),
})
