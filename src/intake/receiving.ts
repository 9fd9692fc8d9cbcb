import { idempotencyHeader } from '#sdk/contract.ts'
import { limits } from '#sdk/limits.ts'
import { type AdmittedServer, readmit } from '#src/servers/queries.ts'
import { bodyDigest } from '#src/web/body.ts'
import { invalidFields, Problem } from '#src/web/problem.ts'
import { fileTicket } from './filing.ts'
import { idempotencyKey, type ParsedTicket } from './input.ts'
import type { Filed } from './replaying.ts'
import { inTurn } from './turns.ts'

/** `fileTicket` for a request: its key from the header, its refusals as problems. */
export async function receiveTicket(
  caller: AdmittedServer,
  input: ParsedTicket,
  request: Request,
): Promise<Extract<Filed, { ok: true }>> {
  const header = request.headers.get(idempotencyHeader)
  const key = idempotencyKey.safeParse(header ?? crypto.randomUUID())
  if (!key.success)
    throw invalidFields([
      {
        field: idempotencyHeader,
        message: `up to ${limits.idempotencyKeyCharsMax} printable ASCII characters, the same for every retry of one ticket`,
      },
    ])
  const filed = await inTurn(caller.server.id, async () => {
    // The body may have come long after its key, and the turn after that.
    const current = await readmit(caller)
    if (!current) throw new Problem('key_invalid')
    return fileTicket(current, input, key.data, bodyDigest(request))
  })
  if (filed.ok) return filed
  throw refusal(filed)
}

function refusal(filed: Extract<Filed, { ok: false }>): Problem {
  if (filed.reason === 'too_many') {
    const { retryAfterSeconds } = filed
    return new Problem('too_many', undefined, { retryAfterSeconds })
  }
  if (filed.reason === 'email_required')
    return invalidFields([
      { field: 'email', message: 'required, since end-users of this server do not sign in' },
    ])
  if (filed.reason === 'not_signed_in') return new Problem('identity_invalid', notSignedIn)
  return new Problem(filed.reason)
}

/** One sentence for all of it: it tells of nobody's sign-in at another server, or of another person. */
const notSignedIn =
  'The end-user is not signed in at this server, or was not when the ticket was raised. They have to sign in again; send issuer, subject and sid as their new access token has them.'
