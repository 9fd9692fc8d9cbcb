import { z } from 'zod'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { partial, redirect, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { erasurePath, inboxPath, ticketPath } from '#views/paths.ts'
import { TicketList } from '#views/tickets/list.tsx'
import { Results } from '#views/tickets/results.tsx'
import { TicketShow } from '#views/tickets/show.tsx'
import { TicketState } from '#views/tickets/state.tsx'
import { statusNames } from '#views/tickets/words.ts'
import { parseFilter } from './filter.ts'
import { readInbox, readTicket } from './inbox.ts'
import { numberOf } from './number.ts'
import { referenceOf } from './reference.ts'
import { changeStatus } from './status.ts'
import { statuses } from './ticket.ts'

/** `GET /{organization}/tickets?status=&server=&reporter=&q=&before=&after=`: the list, or its results. */
export async function showTickets({ request, url }: Visit, member: Member): Promise<Response> {
  const { organization, role, scope } = member
  const filter = parseFilter(url.searchParams)
  const inbox = await readInbox(scope, filter)
  const isOwner = role === 'owner'
  const results = { organization, filter, isOwner, now: new Date(), ...inbox }
  if (wantsPartial(request))
    return partial(<Results {...results} />, {
      headers: { 'hx-replace-url': inboxPath(organization.slug, filter) },
    })
  return framed(
    member,
    {
      title: 'Inbox',
      active: 'tickets',
      servers: inbox.servers,
      ...(filter.server && { server: filter.server }),
    },
    <TicketList {...results} />,
  )
}

/** `GET /{organization}/tickets/{number}`; the list's filter rides along, for the way back. */
export async function showTicket({ url, params }: Visit, member: Member): Promise<Response> {
  const { organization, role, scope } = member
  const ticket = await readTicket(scope, numberOf(params))
  if (!ticket) throw new Problem('not_found')
  const filter = parseFilter(url.searchParams)
  return framed(
    member,
    { title: `#${ticket.number} ${ticket.title}`, active: 'tickets' },
    <TicketShow
      organization={organization}
      ticket={ticket}
      reference={referenceOf(ticket.serverSlug, ticket.number)}
      back={inboxPath(organization.slug, filter)}
      {...(role === 'owner' && { erasure: erasurePath(organization.slug, ticket.number, filter) })}
      now={new Date()}
    />,
  )
}

const statusForm = z.object({ status: z.enum(statuses) })

/** `POST /{organization}/tickets/{number}/status`: `status`. The new state, or back to the page. */
export async function postStatus(
  { request, url, params }: Visit,
  member: Member,
): Promise<Response> {
  const { organization, scope, staff } = member
  const form = statusForm.safeParse(await readForm(request))
  if (!form.success)
    throw new Problem('input_invalid', `A status is one of ${statuses.join(', ')}.`)
  const number = numberOf(params)
  const result = await changeStatus(scope, { number, ...form.data, staffId: staff.id })
  if (!result.ok) throw new Problem('not_found')
  if (!wantsPartial(request))
    return redirect(ticketPath(organization.slug, number, parseFilter(url.searchParams)))
  const ticket = await readTicket(scope, number)
  if (!ticket) throw new Problem('not_found')
  const back = inboxPath(organization.slug, parseFilter(url.searchParams))
  return partial(
    <TicketState organization={organization} ticket={ticket} now={new Date()} back={back} />,
    {
      headers: {
        'hx-trigger': JSON.stringify({
          toast: `#${number} is ${statusNames[form.data.status].toLowerCase()}`,
        }),
      },
    },
  )
}
