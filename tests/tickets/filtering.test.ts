import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { inScope } from '#src/db/scope.ts'
import { countTickets } from '#src/tickets/counting.ts'
import { filterQuery, type TicketFilter, tabs } from '#src/tickets/filter.ts'
import { listTickets } from '#src/tickets/listing.ts'
import { narrow, statusesOf } from '#src/tickets/narrowing.ts'
import { makeWorld, type TestOrganization, type World } from '../world.ts'
import { categories, type Filterable, passes, plantFilterable, priorities } from './filterable.ts'

const seed = 22_112_026
let world: World
const tickets = new Map<TestOrganization, Filterable[]>()

beforeAll(async () => {
  world = await makeWorld()
  for (const [n, organization] of [world.northwind, world.southwind].entries())
    tickets.set(organization, await plantFilterable(world, organization, seed + n))
})
afterAll(() => world.close())

const perhaps = <T>(of: fc.Arbitrary<T>, freq = 2) => fc.option(of, { nil: undefined, freq })
const day = fc
  .integer({ min: 28, max: 42 })
  .map((n) => new Date(Date.UTC(2026, 9, n)).toISOString().slice(0, 10))
const asked = fc.record({
  server: perhaps(fc.constantFrom('none', 'external', 'theirs')),
  tool: perhaps(fc.constantFrom('search_docs', 'export_page', 'gone')),
  category: perhaps(fc.constantFrom(...categories)),
  priority: perhaps(fc.constantFrom(...priorities)),
  client: perhaps(fc.constantFrom('Claude Code', 'Cursor')),
  error: perhaps(fc.constantFrom('403 forbidden', 'timeout')),
  cause: perhaps(fc.constantFrom(1, 2, 4, 300)),
  reporter: perhaps(fc.integer({ min: 1, max: 310 })),
  since: perhaps(day),
  until: perhaps(day),
  unread: perhaps(fc.constant(true as const)),
  q: perhaps(fc.constantFrom('invoice', 'ref', 'refund invoice', 'nothing')),
})

describe('against reading every ticket', () => {
  const read = async (organization: TestOrganization, filter: TicketFilter) => {
    const { scope } = organization
    return inScope(scope, async (tx) => {
      const { narrowed } = await narrow(tx, scope, filter)
      const counts = await countTickets(tx, scope, narrowed)
      const seen: number[] = []
      for (let before = filter.before ?? null; ; ) {
        const page = await listTickets(tx, scope, { ...narrowed, ...(before && { before }) })
        seen.push(...page.rows.map(({ number }) => number))
        before = page.older ?? page.searchedTo
        if (before === null) return { seen, counts }
      }
    })
  }

  test('the pages and the counts of random filters are the same in either organization', async () => {
    let shown = 0
    const sparse = fc.record({
      tab: fc.constantFrom(...tabs),
      parts: asked,
      keep: fc.integer({ min: 0, max: 4095 }),
    })
    await fc.assert(
      fc.asyncProperty(sparse, async ({ tab, parts, keep }) => {
        for (const [organization, all] of tickets) {
          const other = organization === world.northwind ? world.southwind : world.northwind
          const { none, external } = organization.servers
          const slugs = {
            none: none.slug,
            external: external.slug,
            theirs: other.servers.none.slug,
          }
          const some = Object.entries(parts).filter(
            ([, part], i) => part !== undefined && keep & (1 << i),
          )
          const { server, ...rest } = Object.fromEntries(some) as Partial<typeof parts>
          const filter = {
            status: tab,
            ...rest,
            ...(server && { server: slugs[server] }),
          } as TicketFilter
          const { seen, counts } = await read(organization, filter)
          const matching = all.filter((one) => passes(organization, all, filter, one))
          const expected = matching.filter(({ status }) => statusesOf(tab).includes(status))
          const numbers = expected.map(({ number }) => number).reverse()
          const query = filterQuery(filter)
          expect({ query, seen }).toEqual({ query, seen: numbers })
          const counted = Object.fromEntries(
            tabs.map((name) => {
              const n = matching.filter(({ status }) => statusesOf(name).includes(status)).length
              return [name, { n, more: false }]
            }),
          )
          expect({ query, counts }).toEqual({ query, counts: counted as typeof counts })
          shown += seen.length
        }
      }),
      { seed, numRuns: 200 },
    )
    expect(shown).toBeGreaterThan(1_500)
  }, 60_000)
})
