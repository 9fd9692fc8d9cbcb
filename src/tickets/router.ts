import { z } from 'zod'
import type { Member } from '#src/staff/who.ts'
import { Problem } from '#src/web/problem.ts'
import { trpcFor } from '#src/web/trpc.ts'
import { changeStatus } from './changing.ts'
import { searchCharsMax, tabs } from './filter.ts'
import { readInbox } from './inbox.ts'
import { statuses } from './ticket.ts'

const t = trpcFor<Member>()
const number = z.int().min(1).max(2_147_483_647)

const filter = z.strictObject({
  status: z.enum(tabs).default('active'),
  server: z.string().max(40).optional(),
  reporter: number.optional(),
  q: z.string().max(searchCharsMax).optional(),
  before: number.optional(),
  after: number.optional(),
})

/** Procedures of the staff at `/{organization}/trpc`; the organization comes from the path. */
export const ticketsRouter = t.router({
  support: t.router({
    /**
     * A page of 50 tickets, newest first, with the cursors of the pages beside it. `reporter` is
     * the number of a ticket: only those of the person who raised it, which are none where nobody
     * has proven who that is. Of an erased reporter, `proof` is `erased` and all else null.
     */
    getOrganizationTickets: t.procedure
      .input(filter)
      .query(async ({ ctx, input: { server, reporter, q, before, after, status } }) => {
        const { page } = await readInbox(ctx.caller.scope, {
          status,
          ...(server && { server }),
          ...(reporter && { reporter }),
          ...(q && { q }),
          ...(before && { before }),
          ...(after && !before && { after }),
        })
        return page
      }),

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
