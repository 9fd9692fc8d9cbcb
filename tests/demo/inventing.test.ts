import { describe, expect, test } from 'bun:test'
import { demoStaff, people } from '#src/demo/content/people.ts'
import { type InventedTicket, inventTickets } from '#src/demo/inventing.ts'
import { ticketInput } from '#src/intake/input.ts'

const dayMs = 24 * 3_600_000
const sunday = new Date('2026-11-22T16:00:00Z')
const daysAgo = ({ createdAt }: InventedTicket) => (sunday.getTime() - createdAt.getTime()) / dayMs
const tickets = inventTickets(sunday)
const errorOf = ({ context }: InventedTicket['input']) => context?.calls.at(-1)?.error ?? ''

test('the same moment has the same tickets', () => {
  expect(inventTickets(new Date(sunday))).toEqual(tickets)
})

for (const now of [sunday, new Date('2027-02-03T04:05:06.789Z'), new Date('2028-02-29T23:59:59Z')])
  describe(`at ${now.toISOString()}`, () => {
    const invented = inventTickets(now)

    test('there are a few hundred, in order of arrival, of the last ninety days', () => {
      expect(invented.length).toBeGreaterThan(250)
      expect(invented.length).toBeLessThan(500)
      const times = invented.map(({ createdAt }) => createdAt.getTime())
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      for (const { createdAt, input } of invented) {
        expect(createdAt < now).toBe(true)
        const raisedAt = Date.parse(input.raisedAt ?? '')
        expect(raisedAt).toBeLessThanOrEqual(createdAt.getTime())
        expect(raisedAt).toBeGreaterThan(now.getTime() - 90 * dayMs)
      }
    })

    test('each is one that intake takes, as it is', () => {
      for (const { input } of invented) expect(ticketInput.parse(input)).toEqual(input)
    })

    test('each step leads on from the one before, and none lies ahead', () => {
      for (const { steps, createdAt } of invented) {
        let before = { status: 'open', at: createdAt }
        for (const step of steps) {
          expect(step.status).not.toBe(before.status as typeof step.status)
          expect(step.at > before.at && step.at <= now).toBe(true)
          expect(demoStaff[step.staff]).toBeDefined()
          before = step
        }
      }
    })

    test('most are closed, some are new, some are being worked on', () => {
      const of = (status: string) =>
        invented.filter(({ steps }) => (steps.at(-1)?.status ?? 'open') === status).length
      expect(of('closed') / invented.length).toBeGreaterThan(0.8)
      expect(of('open')).toBeGreaterThan(4)
      expect(of('in_progress')).toBeGreaterThan(4)
    })
  })

describe('it looks like a company', () => {
  test('that grows', () => {
    const within = (from: number, to: number) =>
      tickets.filter((ticket) => daysAgo(ticket) >= from && daysAgo(ticket) < to).length
    expect(within(0, 30)).toBeGreaterThan(1.4 * within(60, 90))
  })

  test('that writes by day, and on weekdays', () => {
    const usual = tickets.filter(({ input }) => !/^50[23]/.test(errorOf(input)))
    const hours = usual.filter(({ createdAt }) => {
      const hour = createdAt.getUTCHours()
      return hour >= 7 && hour < 19
    })
    expect(hours.length / usual.length).toBeGreaterThan(0.7)
    const weekend = usual.filter(({ createdAt }) => [0, 6].includes(createdAt.getUTCDay()))
    expect(weekend.length / usual.length).toBeLessThan(0.15)
  })

  test('where one tool failed for everyone for a day and a half', () => {
    const failed = tickets.filter(({ input }) => errorOf(input).startsWith('503 '))
    expect(failed.length).toBeGreaterThan(30)
    const [first, last] = [failed[0], failed.at(-1)].map((ticket) => ticket?.createdAt.getTime())
    expect((last ?? 0) - (first ?? 0)).toBeLessThan(1.5 * dayMs)
    expect(new Set(failed.map(({ input }) => input.title)).size).toBeGreaterThan(7)
  })

  test('of many people, with several clients, that do not all say the same', () => {
    const texts = tickets.map(({ input }) => input)
    const distinct = (values: unknown[]) =>
      new Set(values.map((value) => JSON.stringify(value))).size
    expect(distinct(texts.map(({ title }) => title))).toBeGreaterThan(tickets.length / 3)
    expect(distinct(texts.map(({ description }) => description))).toBeGreaterThan(
      tickets.length / 3,
    )
    expect(distinct(texts.map(({ email, reporter }) => email ?? reporter?.email))).toBeGreaterThan(
      25,
    )
    expect(distinct(texts.map(({ context }) => context?.client))).toBeGreaterThan(15)
  })
})

describe('nothing in it is real', () => {
  test('every address and host ends with .example', () => {
    const said = JSON.stringify([tickets, people, demoStaff])
    const hosts = said.match(/(?<=@|:\/\/)[\w.-]+/g) ?? []
    expect(hosts.length).toBeGreaterThan(tickets.length)
    expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([])
    const rest = said.replace(/[\w.@-]+\.example/g, '')
    expect(rest.match(/[\w-]+\.(com|net|org|io|dev|ai|app|eu|de|uk|fr)\b/gi)).toBeNull()
  })

  test('no slot was left empty', () => {
    expect(JSON.stringify(tickets).match(/\{\w+\}/g)).toBeNull()
  })
})
