import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { makeWorld, type World } from '../world.ts'

let world: World
let cookie: string
let number: number
let reporters = 0
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
beforeEach(async () => {
  number = await world.file(world.northwind.servers.none, {
    email: `r${reporters++}@fjord.example`,
  })
})
afterAll(() => world.close())

const set = (status: string, headers: Record<string, string> = {}) =>
  world.ask(`/northwind/tickets/${number}/status`, { cookie, form: { status }, headers })
const stored = async () => {
  const organization = world.northwind.scope.organizationId
  const [row] = await world.database.owner`
    select status, closed_at, closed_by, updated_at, id from support_ticket
     where organization_id = ${organization} and number = ${number}`
  const events = await world.database.owner`
    select action, old_value, new_value, staff_id from ticket_event
     where ticket_id = ${row?.id} order by id`
  return { row, events }
}

describe('closing', () => {
  test('sets who and when, and writes the event', async () => {
    const response = await set('closed')
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(
      new RegExp(`^/northwind/tickets/${number}\\?changed=[0-9a-f-]{36}$`),
    )
    const { row, events } = await stored()
    expect(row).toMatchObject({ status: 'closed', closed_by: world.northwind.staff.id })
    expect(row?.closed_at).toEqual(row?.updated_at)
    expect(events.at(-1)).toEqual({
      action: 'status_changed',
      old_value: 'open',
      new_value: 'closed',
      staff_id: world.northwind.staff.id,
    })
  })

  test('a closed ticket changes nothing', async () => {
    await set('closed')
    const before = await stored()
    expect((await set('closed')).status).toBe(303)
    expect(await stored()).toEqual(before)
  })

  test('by many at once writes one event', async () => {
    await Promise.all(Array.from({ length: 8 }, () => set('closed')))
    expect((await stored()).events).toHaveLength(2)
  })
})

test('reopening keeps the history', async () => {
  await set('closed')
  await set('in_progress')
  await set('open')
  const { row, events } = await stored()
  expect(row).toMatchObject({ status: 'open', closed_at: null, closed_by: null })
  expect(events.map(({ new_value }) => new_value)).toEqual([null, 'closed', 'in_progress', 'open'])
})

test('htmx gets the control and the history instead of a redirect', async () => {
  const response = await set('closed', { 'hx-request': 'true', 'hx-request-type': 'partial' })
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(text).not.toContain('<html')
  expect(text).toContain('Mira Okafor')
})

test('a status there is not, and a ticket there is not, change nothing', async () => {
  const before = await stored()
  expect((await set('gone')).status).toBe(422)
  for (const wrong of ['999999', '0', '-1', '1e3', '1x', '99999999999999'])
    expect(
      (
        await world.ask(`/northwind/tickets/${wrong}/status`, {
          cookie,
          form: { status: 'closed' },
        })
      ).status,
    ).toBe(404)
  expect(await stored()).toEqual(before)
})

test('over tRPC it does the same, and says whether anything changed', async () => {
  const call = async () =>
    (
      await world.ask('/northwind/trpc/support.updateTicketStatus', {
        cookie,
        json: { number, status: 'closed' },
      })
    ).json()
  const data = { number, status: 'closed' }
  expect(await call()).toEqual({ result: { data: { ...data, changed: true } } })
  expect(await call()).toEqual({ result: { data: { ...data, changed: false } } })
})
