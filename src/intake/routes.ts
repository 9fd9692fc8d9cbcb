import type { AdmittedServer } from '#src/servers/queries.ts'
import { readJson } from '#src/web/body.ts'
import { invalidInput } from '#src/web/problem.ts'
import type { Visit } from '#src/web/route.ts'
import { ticketInput } from './input.ts'
import { noting } from './noting.ts'
import { receiveTicket } from './receiving.ts'

/**
 * `POST /api/support`: a `TicketInput` as JSON, and an `Idempotency-Key` header that stays the
 * same across retries. 201 with a `Receipt`, of a new ticket or of the one it was added to; 200 with
 * the same receipt for a retry. Problems:
 * `key_invalid`, `support_disabled`, `identity_required`, `identity_invalid`, `input_invalid`,
 * `idempotency_conflict`, `too_large`, `too_many`.
 */
export const postTicket = noting(async ({ request }: Visit, caller: AdmittedServer) => {
  const input = ticketInput.safeParse(await readJson(request))
  if (!input.success) throw invalidInput(input.error)
  const { receipt, replayed } = await receiveTicket(caller, input.data, request)
  return Response.json(receipt, { status: replayed ? 200 : 201 })
})
