import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { countCause } from '#src/causes/showing/counting.ts'
import { readCause } from '#src/causes/showing/queries.ts'
import { inScope } from '#src/db/scope.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { cameBack, dayIn, isAnswered, isFixed, nth, type Planted, plantCauses } from './planted.ts'

let world: World
let all: Planted[]
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  await plantCauses(world, world.southwind, 6)
  all = await plantCauses(world, world.northwind, 5)
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const read = async (path: string) => {
  const response = await world.ask(path, { cookie })
  return { status: response.status, body: await response.text() }
}

/** The tickets of a cause that are no spam, oldest first. */
const ofCause = (number: number) =>
  all.filter(({ cause, status }) => cause === number && status !== 'spam')

const tally = <T>(values: T[]): [T, number][] =>
  [...Map.groupBy(values, (value) => value)].map(([value, of]) => [value, of.length])

const causesOf = () => [...new Set(all.map(({ cause }) => cause))].filter((cause) => cause !== null)

describe('a cause', () => {
  test('has the figures of a plain recount', async () => {
    await world.database.owner`update organization set time_zone = 'Pacific/Chatham'`
    for (const number of causesOf()) {
      const cause = await readCause(world.northwind.scope, number)
      const tickets = ofCause(number)
      const count = (status: string) => tickets.filter((one) => one.status === status).length
      const people = tickets.map(({ person }) => person).filter((person) => person !== null)
      const { kind } = all[number - 1] ?? {}
      const since = cause?.days[0]?.day ?? ''
      expect(cause).toMatchObject({
        counts: {
          open: count('open'),
          in_progress: count('in_progress'),
          closed: count('closed'),
        },
        tickets: { n: tickets.length, more: false },
        people: { n: new Set(people).size, more: false },
        lastSeen: tickets.length > 0 ? new Date(tickets.at(-1)?.createdMs ?? 0) : null,
        serverSlug: world.northwind.servers[all[number - 1]?.server ?? 'quiet'].slug,
        fixedAt: isFixed(kind ?? -1) ? expect.any(Date) : null,
        reopenedAt: cameBack(kind ?? -1) ? expect.any(Date) : null,
      })
      if (tickets[0]) expect(cause?.firstSeen).toEqual(new Date(tickets[0].createdMs))
      const days = tickets.map((one) => ({ ...one, day: dayIn('Pacific/Chatham', one.createdMs) }))
      expect(cause?.days).toEqual(
        Array.from({ length: 30 }, (_, n) => {
          const on = days.filter(({ day }) => day === nth(since, n))
          const of = (status: string) => on.filter((one) => one.status === status).length
          return {
            day: nth(since, n),
            open: of('open'),
            inProgress: of('in_progress'),
            closed: of('closed'),
          }
        }),
      )
      expect(cause?.newest.map((ticket) => ticket.number)).toEqual(
        tickets
          .slice(-10)
          .reverse()
          .map((ticket) => ticket.number),
      )
      expect(cause?.answers[0]?.body ?? null).toEqual(
        isAnswered(kind ?? -1) ? 'Sign in again.' : null,
      )
    }
  })

  test('has what its newest 500 tickets have in common, most first', async () => {
    for (const number of causesOf().slice(-12)) {
      const sample = (await readCause(world.northwind.scope, number))?.sample
      const tickets = ofCause(number)
      expect(sample?.tickets).toBe(tickets.length)
      const clients = new Map(tally(tickets.map(({ client, version }) => `${client} ${version}`)))
      const shown = sample?.clients ?? []
      expect(shown.map(({ n }) => n)).toEqual(
        [...clients.values()].sort((a, b) => b - a).slice(0, 8),
      )
      for (const { value, version, n } of shown) expect(clients.get(`${value} ${version}`)).toBe(n)
      const versions = tally(tickets.map(({ serverVersion }) => serverVersion))
      expect(sample?.serverVersions.map(({ value, n }) => [value, n]).sort()).toEqual(
        versions.sort(),
      )
      const errors = tally(tickets.map(({ error }) => error)).filter(([error]) => error !== null)
      const most = errors.map(([, n]) => n).sort((a, b) => b - a)
      expect(sample?.errors.map(({ n }) => n)).toEqual(most.slice(0, 5))
      for (const { value, number: at } of sample?.errors ?? [])
        expect(all[at - 1]).toMatchObject({ error: value, cause: number })
    }
  })

  test('with more tickets than are counted says so, and still knows when it began', async () => {
    const [[number = 0] = []] = tally(all.map(({ cause }) => cause))
      .filter(([cause]) => cause !== null)
      .sort(([, a], [, b]) => b - a)
    const { scope } = world.northwind
    const period = { timeZone: 'UTC', since: '2020-01-01', until: '2020-01-30', days: 30 }
    const counted = await inScope(scope, (tx) => countCause(tx, scope, number ?? 0, period, 10))
    expect(counted.tickets.more).toBeTrue()
    expect(counted.firstSeen).toEqual(new Date(ofCause(number ?? 0)[0]?.createdMs ?? 0))
    const { counts, tickets } = counted
    expect(counts.open + counts.in_progress + counts.closed).toBe(tickets.n)
  })
})

describe('the page of a cause', () => {
  test('shows its figures, and leads to its tickets in the inbox', async () => {
    const [number = 0] = causesOf().filter((one) => ofCause(one).length > 12)
    const { body } = await read(`/northwind/causes/${number}`)
    const tickets = ofCause(number)
    const count = (status: string) => tickets.filter((one) => one.status === status).length
    for (const words of [
      `Tickets ${tickets.length}`,
      `${count('open')} open, ${count('in_progress')} in progress, ${count('closed')} closed`,
      `Close its ${count('open') + count('in_progress')} tickets`,
      'Newest tickets',
      'As it was reported',
    ])
      expect(textOf(body)).toContain(words)
    expect(valuesOf(body, 'a', 'href')).toContain(`/northwind/tickets?cause=${number}`)
    const inbox = await read(`/northwind/tickets?cause=${number}&status=closed`)
    const shown = `${count('closed')} ${count('closed') === 1 ? 'ticket' : 'tickets'} shown`
    expect(textOf(inbox.body)).toContain(shown)
  })

  test('is there for its own organization only, under the number of its first ticket', async () => {
    const numbers = causesOf()
    const theirs = await world.database.owner`
      select number from cause where organization_id = ${world.southwind.scope.organizationId}`
    const foreign = theirs.map(({ number }) => number).filter((one) => !numbers.includes(one))
    expect(foreign.length).toBeGreaterThan(3)
    for (const number of foreign)
      expect((await read(`/northwind/causes/${number}`)).status).toBe(404)
    for (const path of ['0', '-1', '1.5', '99999999999', 'x', String(all.length + 7)])
      expect((await read(`/northwind/causes/${path}`)).status).toBe(404)
    expect((await read(`/southwind/causes/${foreign[0]}`)).status).toBe(404)
  })

  test('counts spam nowhere', async () => {
    const { owner } = world.database
    const [number = 0] = causesOf().filter((one) => ofCause(one).length > 2)
    await owner`update support_ticket set status = 'spam'
      where organization_id = ${world.northwind.scope.organizationId} and cause = ${number}`
    const cause = await readCause(world.northwind.scope, number)
    expect(cause).toMatchObject({
      tickets: { n: 0 },
      people: { n: 0 },
      lastSeen: null,
      newest: [],
      sample: { tickets: 0, clients: [], errors: [] },
    })
    const { status, body } = await read(`/northwind/causes/${number}`)
    expect(status).toBe(200)
    expect(textOf(body)).toContain('all in spam')
    expect(
      valuesOf((await read('/northwind/causes?state=all&days=90')).body, 'a', 'href'),
    ).not.toContain(`/northwind/causes/${number}`)
  })
})
