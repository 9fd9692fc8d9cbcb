import { isId } from '#src/staff/forms.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { Problem } from '#src/web/problem.ts'
import { partial, redirect, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { changedPath, inboxPath, ticketPath, undoPath } from '#views/paths.ts'
import { UndoneToast, undoneText } from '#views/tickets/undone.tsx'
import { Unfinished } from '#views/tickets/unfinished.tsx'
import { undoChange } from './undoing.ts'

/**
 * `POST /{organization}/changes/{change}/undo?ticket=…`: takes back what a change of the last hour
 * left. To the ticket, or to the list; a page to go on from where there is more than one request
 * may take.
 */
export async function postUndo(visit: Visit, member: Member): Promise<Response> {
  const { request, url, params } = visit
  const { organization, scope, staff } = member
  const { change = '' } = params
  if (!isId(change)) throw new Problem('not_found')
  const undone = await undoChange(scope, { changeId: change, staffId: staff.id })
  if (!undone.ok && undone.reason === 'not_found') throw new Problem('not_found')
  if (!undone.ok)
    throw new Problem('input_invalid', 'A change can be undone within an hour. This one is older.')
  const filter = parseFilter(url.searchParams)
  const ticket = Number(/^[1-9]\d{0,8}$/.exec(url.searchParams.get('ticket') ?? '')?.[0] ?? 0)
  const rest = undone.left ? undoPath(organization.slug, change, { ticket, filter }) : undefined
  if (wantsPartial(request))
    return partial(<UndoneToast tickets={undone.tickets} {...(rest && { rest })} />, {
      headers: { 'hx-trigger': JSON.stringify({ 'tickets-changed': { target: 'body' } }) },
    })
  if (rest)
    return framed(
      member,
      { title: 'Undoing', active: 'tickets' },
      <Unfinished title="Undoing" text={undoneText(undone.tickets)} path={rest} />,
    )
  const back = ticket
    ? ticketPath(organization.slug, ticket, filter)
    : inboxPath(organization.slug, filter)
  return redirect(changedPath(back, change))
}
