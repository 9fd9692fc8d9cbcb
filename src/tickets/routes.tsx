import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { partial, redirect, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { inboxPath } from '#views/paths.ts'
import { TicketList } from '#views/tickets/list.tsx'
import { NewsLine } from '#views/tickets/news.tsx'
import { Results } from '#views/tickets/results.tsx'
import { parseFilter } from './filter.ts'
import { readInbox } from './inbox.ts'
import { countNews } from './news.ts'
import { changeNamed } from './undoing/queries.ts'

/** `GET /{organization}/tickets?…`, the parts of a filter: the list, or its results. */
export async function showTickets({ request, url }: Visit, member: Member): Promise<Response> {
  const { organization, role, scope } = member
  const filter = parseFilter(url.searchParams)
  const path = inboxPath(organization.slug, filter)
  // A form sends its empty fields too.
  const isPart = wantsPartial(request)
  if (!isPart && [...url.searchParams.values()].includes('')) return redirect(path)
  // Before the list: a change between the two is taken for one that it does not show.
  const now = new Date()
  const inbox = await readInbox(scope, filter, isPart)
  const isOwner = role === 'owner'
  const results = { organization, filter, isOwner, now, ...inbox }
  if (isPart)
    return partial(<Results {...results} />, {
      headers: { 'hx-replace-url': path },
    })
  return framed(
    member,
    {
      title: 'Inbox',
      active: 'tickets',
      servers: inbox.servers,
      ...(filter.server && { server: filter.server }),
    },
    <TicketList
      {...results}
      changed={await changeNamed(scope, url.searchParams.get('changed'))}
      left={Number(/^[1-9]\d{0,8}$/.exec(url.searchParams.get('left') ?? '')?.[0] ?? 0)}
    />,
  )
}

/**
 * `GET /{organization}/tickets/news?after=&…`: the line about tickets that came since, for htmx. The
 * page of an organization without tickets has no `after`: all are news to it.
 */
export async function showNews({ url }: Visit, { organization, scope }: Member): Promise<Response> {
  const { after = 0, ...filter } = parseFilter(url.searchParams)
  const news = await countNews(scope, filter, after)
  return partial(<NewsLine organization={organization.slug} filter={filter} news={news} />)
}
