import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { numberOf } from '#src/tickets/number.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { ticketPath } from '#views/paths.ts'
import { ErasurePage } from '#views/tickets/erasure.tsx'
import { eraseReporter } from './erasing.ts'
import { readErasure } from './queries.ts'

/** `GET /{organization}/tickets/{number}/erasure`: what goes and what stays. */
export const showErasure = (visit: Visit, by: Member): Promise<Response> =>
  erasurePage(visit, by, { words: false, isBegun: false })

/**
 * `POST /{organization}/tickets/{number}/erasure`: `words`, `on` to take what they wrote along. To
 * the ticket; or the page again where there was more than one request may take.
 */
export async function postErasure(visit: Visit, by: Member): Promise<Response> {
  const words = (await readForm(visit.request)).words === 'on'
  const number = numberOf(visit.params)
  const erased = await eraseReporter(by.scope, { number, words, staffId: by.staff.id })
  if (!erased.ok) throw new Problem('not_found')
  return erased.left
    ? erasurePage(visit, by, { words, isBegun: true })
    : redirect(pathOf(visit, by, number))
}

async function erasurePage(
  visit: Visit,
  by: Member,
  begun: { words: boolean; isBegun: boolean },
): Promise<Response> {
  const number = numberOf(visit.params)
  const found = await readErasure(by.scope, number)
  if (!found) throw new Problem('not_found')
  if (found.tickets.n === 0) return redirect(pathOf(visit, by, number))
  const { organization } = by
  return framed(
    by,
    { title: 'Erase a reporter', active: 'tickets' },
    <ErasurePage
      {...found}
      {...begun}
      organization={organization}
      number={number}
      filter={parseFilter(visit.url.searchParams)}
    />,
  )
}

const pathOf = ({ url }: Visit, { organization }: Member, number: number): string =>
  ticketPath(organization.slug, number, parseFilter(url.searchParams))
