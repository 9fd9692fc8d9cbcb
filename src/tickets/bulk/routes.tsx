import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { readFields } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { partial, redirect, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { changedPath, inboxPath } from '#views/paths.ts'
import { BulkDone, type BulkProps, BulkQuestion, BulkRest } from '#views/tickets/bulk/page.tsx'
import { changeTickets } from './changing.ts'
import { countChanges } from './counting.ts'
import { type BulkForm, parseBulk } from './form.ts'

/**
 * `POST /{organization}/tickets/bulk?{filter}`: `number`, repeated, or `all=1` for the filter, and
 * a `status` or a `priority`. Says what would change; with `apply=1` changes it, but not what
 * somebody else has changed since `seen`, a time of ours in milliseconds. To the list, or to a page
 * to go on from where there is more than one request may take.
 */
export async function postBulk(visit: Visit, member: Member): Promise<Response> {
  const { request, url } = visit
  const filter = parseFilter(url.searchParams)
  const form = parseBulk(await readFields(request), filter)
  if (!form)
    throw new Problem('input_invalid', 'Choose up to 500 tickets, or all, and one thing to do.')
  const props = { organization: member.organization.slug, filter, ...form }
  return form.isSure ? apply(visit, member, form, props) : ask(visit, member, form, props)
}

async function ask(visit: Visit, member: Member, form: BulkForm, props: BulkProps) {
  const seenMs = form.seenMs ?? Date.now()
  const counted = await countChanges(member.scope, form.chosen, form.setting)
  const question = <BulkQuestion {...props} {...counted} seenMs={seenMs} />
  if (wantsPartial(visit.request)) return partial(question)
  return framed(member, { title: 'Change many', active: 'tickets' }, question)
}

async function apply({ request }: Visit, member: Member, form: BulkForm, props: BulkProps) {
  const { scope, staff } = member
  const { before, ...batch } = await changeTickets(scope, { ...form, staffId: staff.id })
  const done = form.done + batch.changed
  const left = form.left + batch.left
  const { organization, filter } = props
  const wantsPart = wantsPartial(request)
  if (before !== null) {
    const rest = <BulkRest {...props} before={before} done={done} left={left} />
    if (wantsPart) return partial(rest)
    return framed(member, { title: 'Change many', active: 'tickets' }, rest)
  }
  if (!wantsPart) {
    const list = inboxPath(organization, filter)
    return redirect(changedPath(list, done > 0 ? form.changeId : null, left))
  }
  return partial(<BulkDone {...props} done={done} left={left} />, {
    headers: { 'hx-trigger': JSON.stringify({ 'tickets-changed': { target: 'body' } }) },
  })
}
