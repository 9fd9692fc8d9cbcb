import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Analytics, Ranking } from '#src/analytics/figures.ts'
import { readAnalytics } from '#src/analytics/queries.ts'
import { addDays } from '#src/lib/day.ts'
import { makeWorld, type TestOrganization, type World } from '../world.ts'
import {
  type Countable,
  categories,
  clients,
  days,
  plantCountable,
  priorities,
  timeZones,
  tools,
} from './countable.ts'
import { recount } from './recount.ts'

const seed = 22_112_026
let world: World
const tickets = new Map<TestOrganization, Countable[]>()

beforeAll(async () => {
  world = await makeWorld()
  for (const [n, organization] of [world.northwind, world.southwind].entries())
    tickets.set(organization, await plantCountable(world, organization, seed + n))
})
afterAll(() => world.close())

const perhaps = <T>(of: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of })
const asked = fc.record({
  isSouth: fc.boolean(),
  timeZone: fc.constantFrom(...timeZones),
  since: days,
  length: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(7, 30, 90, 365)),
  server: perhaps(fc.constantFrom('none', 'external', 'theirs')),
  tool: perhaps(fc.constantFrom(...tools.slice(0, 3))),
  category: perhaps(fc.constantFrom(...categories)),
  priority: perhaps(fc.constantFrom(...priorities)),
  client: perhaps(fc.constantFrom(...clients)),
})

const nothing = { answered: { n: 0 }, avoided: { n: 0 } }

test('each figure of 200 random filters, ranges and time zones is what a recount finds', async () => {
  let [found, avoided, cameBack] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(asked, async ({ isSouth, timeZone, since, length, server, ...rest }) => {
      const [organization, other] = isSouth
        ? [world.southwind, world.northwind]
        : [world.northwind, world.southwind]
      const { scope, servers } = organization
      const slug = server && (server === 'theirs' ? other.servers.none.slug : servers[server].slug)
      const parts = Object.entries({ ...rest, server: slug }).filter(([, part]) => part)
      const filter = { since, until: addDays(since, length - 1), ...Object.fromEntries(parts) }
      await world.database.owner`
        update organization set time_zone = ${timeZone} where id = ${scope.organizationId}`
      const { analytics, range } = await readAnalytics(scope, filter)
      if (typeof analytics === 'string') throw new Error(analytics)
      const { until } = range
      const all = tickets.get(organization) ?? []
      expect(told(analytics)).toEqual(recount(organization, all, { ...filter, until, timeZone }))
      found += analytics.total.n
      const { answered, avoided: quiet } = analytics.avoided ?? nothing
      avoided += quiet.n
      cameBack += answered.n - quiet.n
    }),
    { numRuns: 200, seed },
  )
  expect(found).toBeGreaterThan(5_000)
  expect(Math.min(avoided, cameBack)).toBeGreaterThan(200)
}, 120_000)

/** The figures as the recount says them. */
function told(analytics: Analytics) {
  const { days: byDay, total, anonymous, closing, avoided, servers, rankings } = analytics
  const ranking = ({ rows, others, none }: Ranking) => ({
    named: rows.map(({ value, version: _, ...row }) => ({ value, ...row })),
    others,
    none,
  })
  const { rows, others } = servers
  const none = { n: 0, before: 0 }
  const versions = rankings.version.rows.map((row) => ({
    ...row,
    value: `${row.value} ${row.version ?? '~'}`,
  }))
  return {
    days: byDay,
    total,
    anonymous,
    closing,
    server: {
      named: rows.map(({ slug, n, before, active }) => ({ value: slug, n, before, active })),
      others,
      none,
    },
    courses: Object.fromEntries(
      rows.map(({ slug, trend, closing: own }) => [slug, { trend, closing: own }]),
    ),
    cause: ranking(rankings.cause),
    avoided,
    category: ranking(rankings.category),
    tool: ranking(rankings.tool),
    error: ranking(rankings.error),
    client: ranking(rankings.client),
    version: ranking({ ...rankings.version, rows: versions }),
  }
}
