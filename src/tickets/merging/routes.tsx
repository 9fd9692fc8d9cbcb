import type { Member } from '#src/staff/who.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { numberOf } from '#src/tickets/number.ts'
import { ticketPage } from '#src/tickets/showing/routes.tsx'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { changedPath, ticketPath } from '#views/paths.ts'
import { type MergeRefusal, mergeTicket } from './merging.ts'

/**
 * `POST /{organization}/tickets/{number}/merge`: `into`, the number of another ticket. To the
 * ticket, which says what it is a part of now; or the page again with what is wrong, 422.
 */
export async function postMerge(visit: Visit, member: Member): Promise<Response> {
  const { organization, scope, staff } = member
  const number = numberOf(visit.params)
  const { into = '' } = await readForm(visit.request)
  const [, named] = /^#?([1-9]\d{0,8})$/.exec(into.trim()) ?? []
  const again = (problem: string) =>
    ticketPage(visit, member, { merge: { into, problem }, status: 422 })
  if (!named) return again('Give the number of a ticket, such as 1042.')
  const merged = await mergeTicket(scope, { number, into: Number(named), staffId: staff.id })
  if (merged.ok) {
    const path = ticketPath(organization.slug, number, parseFilter(visit.url.searchParams))
    return redirect(changedPath(path, merged.changeId))
  }
  if (merged.reason === 'not_found') throw new Problem('not_found')
  return again(sentences[merged.reason](merged.into))
}

const sentences: Record<MergeRefusal, (number: number) => string> = {
  no_target: (number) => `There is no ticket #${number}.`,
  itself: () => 'A ticket can’t be merged into itself.',
  other_server: (number) => `#${number} came through another server.`,
  is_merged: (number) => `This ticket is merged into #${number} already.`,
  has_merged: (number) =>
    `#${number} was merged into this ticket. Take that back first, or merge the other one into this.`,
  in_spam: () => 'This ticket is in spam. Take it out first.',
  target_in_spam: (number) => `#${number} is in spam.`,
  changed_meanwhile: (number) => `#${number} was merged itself just now. Try again.`,
}
