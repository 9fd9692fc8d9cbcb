import { afterAll, beforeAll, expect, test } from 'bun:test'
import { plantEndUser } from '../servers/end-users.ts'
import { issuer, makeWorld, type TestOrganization, type World } from '../world.ts'

/** Stands in every text of southwind, and in no request of northwind. */
const canary = 'xyzzy7'
const word = 'plugh'

let world: World
let ids: string[]
const logged: string[] = []

beforeAll(async () => {
  world = await makeWorld()
  world.desk.log = (...entry) => logged.push(JSON.stringify(entry))
  const { owner } = world.database
  const { organizationId } = world.southwind.scope
  await plant(world.southwind, canary)
  await plant(world.northwind, 'ours')
  await owner`update organization set name = name || ${canary} where id = ${organizationId}`
  await owner`update mcp_server set name = ${canary}, support_tool_title = ${canary},
    support_tool_description = ${canary} where organization_id = ${organizationId}`
  await owner`update staff set name = name || ${canary} where id = ${world.southwind.staff.id}`
  const rows = await owner`
    select id from organization where id = ${organizationId}
    union all select id from mcp_server where organization_id = ${organizationId}
    union all select id from support_ticket where organization_id = ${organizationId}
    union all select id from ticket_event where organization_id = ${organizationId}
    union all select change_id from ticket_event
               where organization_id = ${organizationId} and change_id is not null
    union all select id from end_user where organization_id = ${organizationId}
    union all select id from end_user_session where organization_id = ${organizationId}
    union all select id from oauth_grant where organization_id = ${organizationId}
    union all select id from staff where id = ${world.southwind.staff.id}`
  ids = rows.map(({ id }) => id)
})
afterAll(() => world.close())

/**
 * Tickets with the same numbers and idempotency keys in both, and one closed by staff; an end-user
 * with the same e-mail, who raised the last.
 */
async function plant(organization: TestOrganization, mark: string) {
  const text = `${word} ${mark}`
  const endUser = await plantEndUser(world, organization, { email: 'ana@both.example', name: text })
  await world.database.owner`update oauth_client set name = ${text}
    where organization_id = ${organization.scope.organizationId}`
  for (let n = 1; n <= 60; n++) {
    const { slug, key } = organization.servers.external
    const response = await world.ask(`/s/${slug}/api/support`, {
      key,
      headers: { 'idempotency-key': `call-${n}` },
      json: {
        title: text,
        description: text,
        category: mark,
        reporter: { issuer, subject: `${text} ${n}`, name: text, email: `${mark}@fjord.example` },
        context: {
          calls: [
            {
              tool: text,
              at: '2026-11-22T10:00:00Z',
              outcome: 'error',
              arguments: { [mark]: text },
              error: text,
            },
          ],
          client: { name: text, version: mark },
          sessionId: text,
        },
      },
    })
    expect(response.status).toBe(201)
  }
  await world.file(organization.servers.platform, { title: text, reporter: endUser.reporter })
  const cookie = await world.signIn(organization.staff.email)
  const form = { status: 'closed' }
  const at = `/${organization.slug}/tickets/3`
  await world.ask(`${at}/status`, { cookie, form })
  await world.ask(`${at}/notes`, { cookie, form: { body: text } })
  await world.ask(`${at}/block`, { cookie, form: { block: 'on' } })
}

/** Parts of a filter that a link may have: with more, there are links without end. */
const partsMax = 1
const parts = (path: string) => new URL(path, 'http://x').searchParams.size

/** Follows every link of ours from every page; answers all that was said, by path. */
async function crawl({ slug, staff }: TestOrganization): Promise<Map<string, string>> {
  const cookie = await world.signIn(staff.email)
  const said = new Map<string, string>()
  const { servers } = world.southwind
  const list = `/${slug}/tickets`
  const procedure = (input: unknown) =>
    `/${slug}/trpc/support.getOrganizationTickets?${new URLSearchParams({ input: JSON.stringify(input) })}`
  const paths = [
    '/',
    `${list}?q=${word}`,
    `${list}?q=fjord&status=closed`,
    `${list}?server=${servers.external.slug}`,
    `${list}?server=${servers.external.slug}&q=${word}&status=closed`,
    `${list}?reporter=5`,
    `/${slug}/servers/${servers.platform.slug}/end-users?q=ana`,
    `/${slug}/servers/vault-${slug}/end-users?q=ana`,
    `${list}?reporter=5&status=closed&q=${word}`,
    `${list}?before=2147483647`,
    `${list}?after=1`,
    `${list}/export.csv`,
    `${list}/export.jsonl?status=closed`,
    `${list}/export.csv?q=${word}`,
    `${list}/3/context.json`,
    `${list}/999999`,
    `/southwind/tickets`,
    `/southwind/tickets/1`,
    procedure({}),
    procedure({ q: word, status: 'closed' }),
    procedure({ server: servers.external.slug }),
    procedure({ before: 50 }),
    procedure({ reporter: 5 }),
    procedure({ server: 'no such', q: 1 }),
  ]
  for (let path = paths.shift(); path; path = paths.shift()) {
    if (said.has(path)) continue
    for (const partial of [false, true]) {
      const headers: Record<string, string> = partial ? { 'hx-request-type': 'partial' } : {}
      const response = await world.ask(path, { cookie, headers })
      const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`
      said.set(path, `${said.get(path) ?? ''}${text}`)
      const links = [...text.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map(([, link = '']) => link)
      const location = response.headers.get('location')
      for (const link of [...links, ...(location ? [location] : [])]) {
        const path = link.replaceAll('&amp;', '&').replace(/(\/tickets\/\d+(\/[\w.]+)?)\?.*/, '$1')
        if (parts(path) <= partsMax) paths.push(path)
      }
    }
  }
  return said
}

const tells = (text: string) => [canary, ...ids].filter((secret) => text.includes(secret))

const crawlMs = 90_000

test(
  'southwind’s staff read their own texts on many pages, so the crawl would find them',
  async () => {
    const said = await crawl(world.southwind)
    const pages = [...said.values()].filter((text) => text.includes(canary))
    expect(pages.length).toBeGreaterThan(60)
    expect(said.has('/southwind/tickets/60')).toBe(true)
  },
  crawlMs,
)

test(
  'northwind’s staff reach every page of theirs and read no word of southwind',
  async () => {
    const said = await crawl(world.northwind)
    expect(said.get('/northwind/tickets/60')).toContain(word)
    expect(said.get(`/northwind/tickets?q=${word}`)).toContain('ours')
    const people = [...said].filter(([path]) => /\/end-users\/[^/]+$/.test(path))
    expect(people).toHaveLength(1)
    expect(people[0]?.[1]).toContain('ana@both.example')
    for (const [path, text] of said)
      expect({ path, tells: tells(text) }).toEqual({ path, tells: [] })
  },
  crawlMs,
)

test('a change of northwind’s ticket answers with nothing of southwind’s namesake', async () => {
  const cookie = await world.signIn(world.northwind.staff.email)
  for (const headers of [{}, { 'hx-request-type': 'partial' }]) {
    const form = { status: 'in_progress' }
    const response = await world.ask('/northwind/tickets/7/status', { cookie, form, headers })
    expect(tells(await response.text())).toEqual([])
  }
})

test('a change of many of northwind’s tickets touches and tells nothing of southwind’s', async () => {
  const cookie = await world.signIn(world.northwind.staff.email)
  const { organizationId } = world.southwind.scope
  const rows = () => world.database.owner`
    select ctid, xmin from support_ticket where organization_id = ${organizationId} order by number`
  const before = await rows()
  for (const form of [{ all: '1' }, { number: '8' }] as const)
    for (const apply of ['', '1']) {
      const sent = { ...form, status: 'spam', ...(apply && { apply }) }
      const answer = await world.ask('/northwind/tickets/bulk', { cookie, form: sent })
      expect(answer.status).toBe(apply ? 303 : 200)
      expect(tells(`${answer.headers.get('location')} ${await answer.text()}`)).toEqual([])
    }
  expect(await rows()).toEqual(before)
})

test('a ticket under an idempotency key of southwind is northwind’s own', async () => {
  const { slug, key } = world.northwind.servers.external
  const json = { title: 'Other', description: 'Words', reporter: { issuer, subject: 'u' } }
  const headers = { 'idempotency-key': 'call-only-there' }
  const there = world.southwind.servers.external
  await world.ask(`/s/${there.slug}/api/support`, { key: there.key, json, headers })
  const response = await world.ask(`/s/${slug}/api/support`, { key, json, headers })
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({ reference: 'BILLING-NORTHWIND-62' })
})

test('no line of the log has a word of a ticket, even at its most talkative', () => {
  expect(logged.length).toBeGreaterThan(200)
  for (const line of logged) {
    expect(tells(line)).toEqual([])
    expect(line).not.toContain('fjord')
    expect(line).not.toContain(word)
  }
})
