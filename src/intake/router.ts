import type { Receipt, SupportSettings } from '#sdk/contract.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { trpcFor } from '#src/web/trpc.ts'
import { ticketInput } from './input.ts'
import { receiveTicket } from './receiving.ts'
import { settingsOf } from './routes.ts'

const t = trpcFor<AdmittedServer>()

/** Procedures of an MCP server at its own address, by its key: what the SDK calls. */
export const intakeRouter = t.router({
  support: t.router({
    /** Whether the tool is shown, its words, and how end-users are known: a `SupportSettings`. */
    settings: t.procedure.query(({ ctx }): SupportSettings => settingsOf(ctx.caller.server)),

    /** Files a `TicketInput` once per `Idempotency-Key` header; problems as `POST /api/support`. */
    createTicket: t.procedure
      .input(ticketInput)
      .mutation(async ({ ctx, input }): Promise<Receipt> => {
        const { receipt } = await receiveTicket(ctx.caller, input, ctx.visit.request)
        return receipt
      }),
  }),
})
