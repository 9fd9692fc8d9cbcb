import type { CheckedTickets, Receipt, SupportSettings } from '#sdk/contract.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { noteSdk } from '#src/servers/seen.ts'
import { aside } from '#src/servers/who.ts'
import { problemOf, trpcFor } from '#src/web/trpc.ts'
import { checkTickets } from './checking/checking.ts'
import { checkInput } from './checking/input.ts'
import { ticketInput } from './input.ts'
import { noteProblem } from './noting.ts'
import { receiveTicket } from './receiving.ts'
import { settingsOf } from './settings.ts'

const t = trpcFor<AdmittedServer>()

/** The SDK's version, as it says. */
const sdkHeader = 'mcp-obs-sdk'

const noted = t.procedure.use(async ({ ctx: { visit, caller }, next }) => {
  const result = await next()
  if (!result.ok) noteProblem(visit.desk, caller, problemOf(result.error))
  return result
})

/** Procedures of an MCP server at its own address, by its key: what the SDK calls. */
export const intakeRouter = t.router({
  support: t.router({
    /** Whether the tool is shown, its words, and how end-users are known: a `SupportSettings`. */
    settings: t.procedure.query(({ ctx: { visit, caller } }): SupportSettings => {
      aside(visit.desk, noteSdk(caller, visit.request.headers.get(sdkHeader) ?? 'unknown'))
      return settingsOf(caller)
    }),

    /** Files a `TicketInput` once per `Idempotency-Key` header; problems as `POST /api/support`. */
    createTicket: noted.input(ticketInput).mutation(async ({ ctx, input }): Promise<Receipt> => {
      const { receipt } = await receiveTicket(ctx.caller, input, ctx.visit.request)
      return receipt
    }),

    /**
     * What became of the asker's own tickets, by a `CheckInput`. It changes nothing: it is a mutation
     * so that who asks stands in the body, and in no log of addresses. Problems: see `checkTickets`.
     */
    checkTickets: t.procedure
      .input(checkInput)
      .mutation(
        ({ ctx: { caller }, input }): Promise<CheckedTickets> => checkTickets(caller, input),
      ),
  }),
})
