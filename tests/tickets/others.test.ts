import { afterAll, beforeAll, expect, test } from 'bun:test'
import { inScope } from '#src/db/scope.ts'
import { findOthers, type SharedCause } from '#src/tickets/others.ts'
import { makeWorld, type TestOrganization, type World } from '../world.ts'
import { plantCause } from './causes.ts'
import { type Filterable, plantFilterable, timeZone } from './filterable.ts'
import { plantMany } from './many.ts'

const seed = 23_112_026
let world: World
const tickets = new Map<TestOrganization, Filterable[]>()

beforeAll(async () => {
  world = await makeWorld()
  for (const [n, organization] of [world.northwind, world.southwind].entries())
    tickets.set(organization, await plantFilterable(world, organization, seed + n))
})
afterAll(() => world.close())

const read = ({ scope }: TestOrganization, numbers: number[]) =>
  inScope(scope, (tx) => findOthers(tx, scope, numbers))

const dayMs = 86_400_000
const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' })
const today = day.format(new Date())
const momentOf = (at: Date) => ({
  day: day.format(at),
  time: time.format(at),
  isToday: day.format(at) === today,
  isThisYear: day.format(at).slice(0, 4) === today.slice(0, 4),
})

test('the others of each ticket are those of its cause from a day before it on, without spam', async () => {
  for (const [organization, all] of tickets) {
    const found = await read(
      organization,
      all.map(({ number }) => number),
    )
    const expected = all.flatMap((one): [number, SharedCause][] => {
      const { cause } = one
      if (cause === null) return []
      const others = all.filter(
        (other) =>
          other.number !== one.number &&
          other.cause === cause &&
          other.status !== 'spam' &&
          other.createdAt.getTime() >= one.createdAt.getTime() - dayMs,
      )
      const [first] = others.map(({ createdAt }) => createdAt).sort((a, b) => Number(a) - Number(b))
      const told = {
        count: { n: others.length, more: false },
        active: others.filter(({ status }) => status !== 'closed').length,
        since: first ? momentOf(first) : null,
      }
      return [[one.number, { number: cause, name: `pattern ${cause}`, others: told }]]
    })
    expect(found).toEqual(new Map(expected))
    expect(found.size).toBeGreaterThan(100)
  }
})

test('very many others are counted up to 99, on either side of a ticket', async () => {
  const { northwind } = world
  await plantMany(world, { from: northwind, tickets: 400, subject: "'u-' || n", firstNumber: 1001 })
  const { owner } = world.database
  const { organizationId } = northwind.scope
  const cause = await plantCause(world, northwind, { number: 1001, pattern: 'Too many' })
  await owner`update support_ticket set cause = ${cause}, status = case when number between 1101 and 1250
      then 'spam' else 'open' end::ticket_status, created_at = now() - (1400 - number) * interval '2 minutes'
    where organization_id = ${organizationId} and number > 1000`
  const found = await read(northwind, [1001, 1180, 1400])
  const counts = [...found].map(([number, { others }]) => [number, others.count])
  expect(counts.sort()).toEqual([
    [1001, { n: 99, more: true }],
    // 21 of the hundred before it are no spam, and 30 of the hundred after it.
    [1180, { n: 51, more: true }],
    [1400, { n: 99, more: true }],
  ])
})

test('a ticket without a cause has no others', async () => {
  const alone = tickets.get(world.northwind)?.find(({ cause }) => cause === null)
  expect((await read(world.northwind, [alone?.number ?? 0])).size).toBe(0)
})
