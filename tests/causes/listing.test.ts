import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { causeSpans, causeStates, usualCauses } from '#src/causes/filter.ts'
import { listCauses } from '#src/causes/listing.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { cameBack, dayIn, isAnswered, isFixed, nth, type Planted, plantCauses } from './planted.ts'

let world: World
let all: Planted[]
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  await plantCauses(world, world.southwind, 4)
  all = await plantCauses(world, world.northwind, 3)
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const read = async (path: string) => {
  const response = await world.ask(`/northwind/causes${path}`, { cookie })
  return { status: response.status, body: await response.text() }
}

type Period = { timeZone: string; since: string; days: number }

/** Every cause with a ticket in the period, by reading each ticket. */
function recount({ timeZone, since, days }: Period) {
  const seen = all
    .filter(({ status, cause }) => status !== 'spam' && cause !== null)
    .map((one) => ({ ...one, day: dayIn(timeZone, one.createdMs) }))
  const parts = Math.min(12, days)
  const begin = (part: number) => nth(since, Math.floor((part * days) / parts))
  return [...Map.groupBy(seen, ({ kind }) => kind)]
    .map(([kind, tickets]) => {
      const inPeriod = tickets.filter(({ day }) => day >= since)
      const people = inPeriod.map(({ person }) => person).filter((person) => person !== null)
      return {
        kind: kind ?? -1,
        number: tickets[0]?.cause ?? 0,
        n: inPeriod.length,
        trend: Array.from(
          { length: parts },
          (_, part) =>
            inPeriod.filter(({ day }) => day >= begin(part) && day < begin(part + 1)).length,
        ),
        people: { n: new Set(people).size, more: false },
        active: { n: tickets.filter(({ status }) => status !== 'closed').length, more: false },
        firstSeen: new Date(tickets[0]?.createdMs ?? 0),
        lastSeen: new Date(tickets.at(-1)?.createdMs ?? 0),
      }
    })
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n || b.number - a.number)
}

describe('the causes that most tickets have', () => {
  for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'])
    for (const days of causeSpans)
      for (const state of causeStates)
        test(`are those of a plain recount: ${days} days in ${timeZone}, ${state}`, async () => {
          await world.database.owner`update organization set time_zone = ${timeZone}`
          const filter = { ...usualCauses, days, state }
          const { period, totals } = await listCauses(world.northwind.scope, filter)
          expect(period).toMatchObject({ timeZone, days, until: nth(period.since, days - 1) })
          const expected = recount(period)
          expect(totals).toEqual({
            open: expected.filter(({ kind }) => !isFixed(kind)).length,
            fixed: expected.filter(({ kind }) => isFixed(kind)).length,
            all: expected.length,
          })
          const asked = expected.filter(
            ({ kind }) => state === 'all' || isFixed(kind) === (state === 'fixed'),
          )
          for (let page = 1; page <= Math.ceil(asked.length / 25) + 1; page++) {
            const { rows } = await listCauses(world.northwind.scope, { ...filter, page })
            expect(rows).toEqual(
              asked.slice((page - 1) * 25, page * 25).map(({ kind, ...counted }) => ({
                ...counted,
                name: kind % 2 === 0 ? `Named ${kind}` : null,
                pattern: `Failure ${kind} of …`,
                tool: `tool_${kind}`,
                serverSlug:
                  world.northwind.servers[all.find((one) => one.kind === kind)?.server ?? 'quiet']
                    .slug,
                isFixed: isFixed(kind),
                isAnswered: isAnswered(kind),
                cameBack: cameBack(kind),
              })),
            )
          }
        })

  test('of one server are its own, and of one that is not there none', async () => {
    const { scope, servers } = world.northwind
    const filter = { ...usualCauses, state: 'all', days: 90 } as const
    const every = await listCauses(scope, filter)
    const of = async (server: string) => listCauses(scope, { ...filter, server })
    const { rows, totals } = await of(servers.external.slug)
    expect(rows.every(({ serverSlug }) => serverSlug === servers.external.slug)).toBeTrue()
    expect(totals.all).toBe(recount(every.period).filter(({ kind }) => kind % 3 === 1).length)
    for (const slug of [world.southwind.servers.external.slug, 'nobody', "'"])
      expect(await of(slug)).toMatchObject({ rows: [], totals: { all: 0 }, hasCause: true })
  })
})

describe('a bound', () => {
  test('of the tickets counts the newest, and says from when on', async () => {
    const filter = { ...usualCauses, state: 'all', days: 90 } as const
    const { countedFrom, rows } = await listCauses(world.northwind.scope, filter, {
      ticketsMax: 40,
    })
    const newest = all.slice(-40)
    expect(countedFrom).toEqual(new Date(newest[0]?.createdMs ?? 0))
    const counted = newest.filter(({ cause, status }) => cause !== null && status !== 'spam')
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(counted.length)
    const whole = await listCauses(world.northwind.scope, filter)
    expect(whole.countedFrom).toBeNull()
  })

  test('of a cause’s own tickets says that there may be more, and knows when it began', async () => {
    const filter = { ...usualCauses, state: 'all', days: 90 } as const
    const { rows } = await listCauses(world.northwind.scope, filter, { walk: 10 })
    const whole = await listCauses(world.northwind.scope, filter)
    const [most] = rows
    expect(most?.people.more).toBeTrue()
    expect(most?.active.more).toBeTrue()
    expect(rows.at(-1)?.active.more).toBeFalse()
    for (const [n, row] of rows.entries()) {
      expect(row.firstSeen).toEqual(whole.rows[n]?.firstSeen as Date)
      expect(row.n).toBe(whole.rows[n]?.n as number)
    }
  })
})

describe('the page of causes', () => {
  test('lists them with their names, and leads to each', async () => {
    const { rows } = await listCauses(world.northwind.scope, usualCauses)
    const { body } = await read('')
    const paths = valuesOf(body, 'a', 'href').filter((path) => /causes\/\d+$/.test(path))
    expect(paths).toEqual(rows.map(({ number }) => `/northwind/causes/${number}`))
    for (const { name, pattern, tool } of rows) {
      expect(textOf(body)).toContain(name ?? pattern)
      expect(textOf(body)).toContain(tool)
    }
  })

  test('says its address in canonical form, whatever it is asked with', async () => {
    const at = async (query: string) => valuesOf((await read(query)).body, 'div', 'data-address')
    expect(await at('?days=30&state=open&page=1&x=1')).toEqual(['/northwind/causes'])
    expect(await at('?days=31&state=gone&page=-1&server=')).toEqual(['/northwind/causes'])
    expect(await at('?page=2&days=7&server=x&state=all')).toEqual([
      '/northwind/causes?state=all&server=x&days=7&page=2',
    ])
  })

  test('pages on and back, and from a page that is not there to the first', async () => {
    const first = await read('?state=all&days=90')
    const next = '/northwind/causes?state=all&days=90&page=2'
    expect(valuesOf(first.body, 'a', 'href')).toContain(next)
    const second = await read('?state=all&days=90&page=2')
    expect(valuesOf(second.body, 'a', 'href')).toContain('/northwind/causes?state=all&days=90')
    expect(textOf(second.body)).toMatch(/26–50 of \d\d/)
    expect(textOf((await read('?state=all&page=40')).body)).toContain('No causes on this page')
  })

  test('explains causes to an organization that has none', async () => {
    const { owner } = world.database
    const { organizationId } = world.southwind.scope
    await owner`update support_ticket set cause = null where organization_id = ${organizationId}`
    await owner`delete from cause where organization_id = ${organizationId}`
    const theirs = await world.signIn(world.southwind.staff.email)
    const page = await world.ask('/southwind/causes', { cookie: theirs })
    expect(textOf(await page.text())).toContain('No cause yet')
  })
})
