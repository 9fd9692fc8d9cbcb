import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { connect } from '#src/db/connect.ts'
import { readUrl } from '#src/db/external.ts'
import type { Tx } from '#src/db/scope.ts'
import { countTickets } from '#src/tickets/counting.ts'
import { listTickets } from '#src/tickets/listing.ts'
import type { Narrowed } from '#src/tickets/narrowing.ts'
import { countEarlier } from '#src/tickets/reporters.ts'
import { issuer, makeWorld, reporter, type World } from '../world.ts'
import { plantMany } from './many.ts'

const tickets = 20_000
let world: World
let client: postgres.Sql

/** One person raised a quarter of all tickets, the others one in five thousand. */
beforeAll(async () => {
  world = await makeWorld()
  for (const from of [world.northwind, world.southwind])
    await plantMany(world, {
      from,
      tickets: from === world.northwind ? tickets : 100,
      subject: `case when n % 4 = 0 then 'busy' else 'u-' || n % 5000 end`,
    })
  await settle(world.database.owner)
  client = connect(readUrl(world.database.url).login, { fetch_types: true })
})
afterAll(async () => {
  await client?.end()
  await world?.close()
})

/** Vacuums until every page is known to be visible: whoever reads beside it, such as autovacuum, delays that. */
async function settle(owner: postgres.Sql): Promise<void> {
  for (let times = 0; times < 40; times++) {
    await owner`vacuum analyze support_ticket`
    const [row] = await owner`
      select relpages = relallvisible as settled from pg_class where relname = 'support_ticket'`
    if (row?.settled) return
    await Bun.sleep(250)
  }
  throw new Error('the pages never all became visible')
}

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Heap Fetches'?: number
  'Rows Removed by Filter'?: number
  'Actual Rows': number
  'Actual Loops': number
  Plans?: Plan[]
}

/** Runs a read under the walls, and tells how the database went about each of its statements. */
async function plansOf(read: (tx: Tx) => Promise<unknown>): Promise<Plan[]> {
  const { northwind, database } = world
  const plans: Plan[] = []
  const asked: { query: string; params: unknown[] }[] = []
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) }
  await drizzle(client, { logger }).transaction((tx) => read(tx as unknown as Tx))
  await client.begin(async (tx) => {
    await tx.unsafe(`set local role ${database.appRole}`)
    await tx.unsafe(`set local app.organization = '${northwind.scope.organizationId}'`)
    for (const { query, params } of asked) {
      const [row] = await tx.unsafe(`explain (analyze, format json) ${query}`, params as string[])
      plans.push(row?.['QUERY PLAN'][0].Plan)
    }
  })
  return plans.flatMap(nodesOf)
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** What is looked at besides the rows that are shown. */
function walked(nodes: Plan[]) {
  const scans = nodes.filter((node) => node['Index Name'] || node['Relation Name'])
  const ofTickets = scans.filter((node) => node['Relation Name'] !== 'mcp_server')
  return {
    walks: ofTickets.filter((node) => node['Index Name'] !== 'support_ticket_number'),
    looked: ofTickets.filter((node) => node['Index Name'] === 'support_ticket_number'),
  }
}

const onIndexOnly = { 'Node Type': 'Index Only Scan', 'Index Name': 'support_ticket_reporter' }
const list = (filter: Partial<Narrowed>) =>
  plansOf((tx) => listTickets(tx, world.northwind.scope, { status: 'active', ...filter }))

for (const [who, subject] of [
  ['a busy reporter', 'busy'],
  ['one with a few tickets', 'u-7'],
] as const)
  describe(`of ${who}`, () => {
    const person = { issuer, subject }
    const filters: Record<string, Partial<Narrowed>> = {
      'the active tickets': { person },
      'the closed tickets': { person, status: 'closed' },
      'an older page': { person, before: 9_000 },
      'a newer page': { person, after: 9_000 },
    }
    for (const [what, filter] of Object.entries(filters))
      test(`${what} are walked to in the index alone`, async () => {
        const { walks, looked } = walked(await list(filter))
        expect(walks.length).toBeGreaterThan(0)
        for (const walk of walks) {
          expect(walk).toMatchObject({ ...onIndexOnly, 'Heap Fetches': 0 })
          expect(walk['Rows Removed by Filter'] ?? 0).toBe(0)
        }
        const rows = looked.reduce((sum, node) => sum + node['Actual Loops'], 0)
        expect(rows).toBeLessThanOrEqual(51)
      })

    test('the server is told in the same index', async () => {
      const [row] = await world.database.owner`
        select id from mcp_server where slug = ${world.northwind.servers.external.slug}`
      const { walks } = walked(await list({ person, serverId: row?.id }))
      for (const walk of walks) expect(walk).toMatchObject({ ...onIndexOnly, 'Heap Fetches': 0 })
    })

    test('tabs and earlier tickets are counted there too, the latter no further than shown', async () => {
      const { scope } = world.northwind
      const counted = await plansOf((tx) => countTickets(tx, scope, { person }))
      const earlier = await plansOf((tx) =>
        countEarlier(tx, scope, {
          number: tickets,
          reporter: { proof: 'vouched', ...reporter, ...person },
        }),
      )
      for (const nodes of [counted, earlier]) {
        const { walks } = walked(nodes)
        expect(walks).toMatchObject([{ ...onIndexOnly, 'Heap Fetches': 0 }])
      }
      expect(walked(earlier).walks[0]?.['Actual Rows']).toBeLessThanOrEqual(101)
    })
  })

test('a busy reporter’s pages, followed to the end, show each of their tickets once', async () => {
  const { scope } = world.northwind
  const seen: number[] = []
  const db = drizzle(client)
  const filter = { person: { issuer, subject: 'busy' }, status: 'closed' as const }
  for (let before = tickets; ; ) {
    const page = await db.transaction((tx) =>
      listTickets(tx as unknown as Tx, scope, { ...filter, before }),
    )
    seen.push(...page.rows.map(({ number }) => number))
    if (!page.older) break
    before = page.older
  }
  const theirs = Array.from({ length: tickets - 1 }, (_, n) => tickets - 1 - n)
  expect(seen).toEqual(theirs.filter((n) => n % 4 === 0 && n % 3 === 0))
})

test('a busy reporter’s earlier tickets are told up to a bound', async () => {
  const cookie = await world.signIn(world.northwind.staff.email)
  const page = await world.ask('/northwind/tickets/4000', { cookie })
  expect(await page.text()).toContain('100+ earlier tickets')
})
