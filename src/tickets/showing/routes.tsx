import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { numberOf } from '#src/tickets/number.ts'
import { openTicket } from '#src/tickets/reading.ts'
import { referenceOf } from '#src/tickets/reference.ts'
import { changeNamed } from '#src/tickets/undoing/queries.ts'
import { Problem } from '#src/web/problem.ts'
import { partial, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { erasurePath, ticketPath } from '#views/paths.ts'
import { TicketShow, type TicketShowProps } from '#views/tickets/show.tsx'
import { TicketState, type TicketStateProps } from '#views/tickets/state.tsx'
import { readPlace } from './place.ts'
import { readTicket } from './queries.ts'

/**
 * `GET /{organization}/tickets/{number}`: the page, or its parts that change; the list's filter
 * rides along, for the way back. Looking at the page reads the ticket; fetching it ahead does not.
 */
export async function showTicket(visit: Visit, member: Member): Promise<Response> {
  if (wantsPartial(visit.request)) return ticketState(visit, member)
  const isAhead = /\bprefetch\b/.test(visit.request.headers.get('sec-purpose') ?? '')
  if (visit.request.method === 'GET' && !isAhead)
    await openTicket(member.scope, numberOf(visit.params))
  return ticketPage(visit, member, { isAhead })
}

/**
 * `GET /{organization}/tickets/{number}/context.json`: the captured session as it was stored. Of a
 * ticket that was raised again, `occurrences` has what was written and captured each time after.
 */
export async function showContext({ params }: Visit, { scope }: Member): Promise<Response> {
  const ticket = await readTicket(scope, numberOf(params))
  if (!ticket?.context && !ticket?.again.length) throw new Problem('not_found')
  const { context, again } = ticket
  const shown = again.length > 0 ? { ...context, occurrences: again } : context
  return new Response(JSON.stringify(shown, null, 2), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  })
}

type Shown = Pick<TicketShowProps, 'conflict' | 'note' | 'merge' | 'isAhead'> & { status?: number }

/** The whole page of a ticket, after a form too. */
export async function ticketPage(
  { url, params, desk }: Visit,
  member: Member,
  { status = 200, ...shown }: Shown = {},
): Promise<Response> {
  const { organization, role, scope } = member
  const filter = parseFilter(url.searchParams)
  const ticket = await readTicket(scope, numberOf(params))
  if (!ticket) throw new Problem('not_found')
  const [place, changed] = await Promise.all([
    readPlace(scope, filter, ticket.number),
    changeNamed(scope, url.searchParams.get('changed')),
  ])
  const path = ticketPath(organization.slug, ticket.number)
  return framed(
    member,
    { title: `#${ticket.number} ${ticket.title}`, active: 'tickets', status },
    <TicketShow
      {...shown}
      organization={organization}
      ticket={ticket}
      reference={referenceOf(ticket.serverSlug, ticket.number)}
      filter={filter}
      place={place}
      address={new URL(path, desk.config.baseUrl).href}
      changed={changed}
      {...(role === 'owner' && { erasure: erasurePath(organization.slug, ticket.number, filter) })}
      now={new Date()}
    />,
  )
}

type Said = Pick<TicketStateProps, 'conflict' | 'done' | 'isNoted'> & { status?: number }

/** The parts of a ticket's page that a change may touch, for htmx. */
export async function ticketState(
  { url, params }: Visit,
  { organization, scope }: Member,
  { status = 200, ...said }: Said = {},
): Promise<Response> {
  const ticket = await readTicket(scope, numberOf(params))
  if (!ticket) throw new Problem('not_found')
  return partial(
    <TicketState
      {...said}
      organization={organization}
      ticket={ticket}
      reference={referenceOf(ticket.serverSlug, ticket.number)}
      filter={parseFilter(url.searchParams)}
      now={new Date()}
    />,
    { status },
  )
}
