import { mergeTicket } from '#src/tickets/merging/merging.ts'
import { type Facts, plantSession } from '../../walls/facts.ts'
import { calls, pathOf } from '../../walls/walk.ts'
import { reporter, type World } from '../../world.ts'

/** A page to be judged, and who looks at it. */
export type Seen = { name: string; path: string; cookie: string | null }

/** What these answer is put into a page that is there, or saved as a file. */
const parts = ['/issuer', '/progress', '/news', '.csv', '.json', '.jsonl']

const hasSession = ['member', 'owner', 'signed in']

/** Every page of the map, and what pages look like where there is nothing or something went wrong. */
export async function everyPage(world: World, facts: Facts): Promise<Seen[]> {
  const { cookie } = await plantSession(world, facts.organization.staff.id)
  const mapped = calls
    .filter(({ route }) => route.method === 'GET' && route.speaks === 'page')
    .filter(({ path }) => path !== '/assets/:file' && !parts.some((part) => path.endsWith(part)))
    .map((call) => ({
      name: call.name,
      path: pathOf(call, facts),
      cookie: hasSession.includes(call.route.who) ? cookie : null,
    }))
  const { slug } = facts.organization
  const { raisedAgain, merged } = await plantMerged(world, facts)
  const more = Object.entries({
    'an inbox where nothing matches': `/${slug}/tickets?q=nothing-matches-this`,
    'closed tickets': `/${slug}/tickets?status=closed`,
    'a server’s tickets': `/${slug}/tickets?server=${facts.server.slug}`,
    'a narrowed list': `/${slug}/tickets?category=Other&priority=normal&since=2026-01-01&unread=1`,
    'a ticket that is not there': `/${slug}/tickets/987654`,
    'a ticket that was raised again': `/${slug}/tickets/${raisedAgain}`,
    'a merged ticket': `/${slug}/tickets/${merged}`,
    'causes of all states': `/${slug}/causes?state=all&days=90`,
    'no cause of a state': `/${slug}/causes?state=fixed&server=${facts.server.slug}`,
    'a page that is not there': '/no/such/page',
  }).map(([name, path]) => ({ name, path, cookie }))
  return [...mapped, ...more]
}

/** A ticket that was raised three times, and another one that was merged into it. */
async function plantMerged(world: World, { server, organization }: Facts) {
  const { scope, staff } = organization
  const at = new Date().toISOString()
  const calls = [{ tool: 'search_docs', at, outcome: 'error', arguments: {}, error: '403' }]
  const raise = (subject: string, title: string, context?: object) =>
    world.file(server, { reporter: { ...reporter, subject }, title, context })
  const raisedAgain = await raise('again', 'Search fails with 403 since this morning', { calls })
  await raise('again', 'Search fails with 403', { calls })
  await raise('again', 'Search fails', undefined)
  const merged = await raise('merged', 'Nothing is found')
  await mergeTicket(scope, { number: merged, into: raisedAgain, staffId: staff.id })
  return { raisedAgain, merged }
}
