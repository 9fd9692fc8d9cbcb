import type { CheckedTicket, CheckedTickets } from '#sdk/contract.ts'
import { visibleText } from '#sdk/visible.ts'
import { inScope } from '#src/db/scope.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { referenceIn } from '#src/tickets/reference.ts'
import { Problem } from '#src/web/problem.ts'
import { receiptOf } from '../replaying.ts'
import { canCheck } from '../settings.ts'
import { inTurn } from '../turns.ts'
import { type Asked, askerOf } from './asker.ts'
import type { ParsedCheck } from './input.ts'
import { ownTickets } from './queries.ts'
import { admitCheck } from './rates.ts'

/**
 * The asker's own tickets at this server, newest first. A ticket that is not theirs is answered as
 * one that does not exist. Problems: `support_disabled`, `identity_required`, `identity_invalid`,
 * `too_many`.
 */
export async function checkTickets(
  caller: AdmittedServer,
  input: ParsedCheck,
): Promise<CheckedTickets> {
  const { server, key, scope } = caller
  if (!canCheck(server, key)) throw new Problem('support_disabled', switchedOff)
  return inTurn(`check ${server.id}`, () =>
    inScope(scope, async (tx) => {
      const asked = await askerOf(tx, caller, input)
      if (!asked.ok) return nobody(asked)
      const admitted = await admitCheck(tx, caller, asked.asker)
      if (!admitted.ok) {
        const { retryAfterSeconds } = admitted
        throw new Problem('too_many', undefined, { retryAfterSeconds })
      }
      const named = input.reference ? referenceIn(input.reference) : undefined
      const elsewhere = named?.server !== undefined && named.server !== server.slug
      if (named === null || elsewhere) return { tickets: [] }
      const rows = await ownTickets(tx, caller, asked.asker, named?.number)
      return { tickets: rows.map((row) => checkedTicket(server.slug, row)) }
    }),
  )
}

const notSignedIn =
  'The end-user is not signed in at this server. They have to sign in again; send issuer, subject and sid as their new access token has them.'
const switchedOff = 'Looking up tickets is switched off for this server.'

function nobody({ reason }: Extract<Asked, { ok: false }>): CheckedTickets {
  if (reason === 'unknown') return { tickets: [] }
  if (reason === 'not_signed_in') throw new Problem('identity_invalid', notSignedIn)
  throw new Problem(reason)
}

type Row = Awaited<ReturnType<typeof ownTickets>>[number]

/** As far as a receipt tells of a ticket, with its title: the reporter's own words. */
const checkedTicket = (
  slug: string,
  { number, title, status, statusMerged, createdAt, body, link }: Row,
): CheckedTicket => ({
  ...receiptOf(slug, {
    number,
    status: statusMerged ?? status,
    createdAt,
    answer: { body, link },
  }),
  title: visibleText(title).replaceAll('\n', ' '),
})
