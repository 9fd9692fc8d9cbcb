import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import { createStaff } from '#src/staff/creating.ts'
import { changeTicket } from '#src/tickets/changing.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, password, type World } from '../world.ts'
import { changeIn, deskOf, fieldsOf, part } from './desk.ts'

let world: World
let cookie: string
let colleague: string
let numbers: [number, number, number]
let people = 0
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  const { organizationId } = world.northwind.scope
  const kim = { organizationId, email: 'kim@northwind.example', name: 'Kim', password }
  const made = await createStaff(world.database, kim)
  if (!made.ok) throw new Error(made.problem)
  colleague = made.id
})
beforeEach(async () => {
  const { none } = world.northwind.servers
  await world.database.owner`update support_ticket set status = 'spam'`
  const file = () => world.file(none, { email: `u${people++}@fjord.example` })
  numbers = [await file(), await file(), await file()]
})
afterAll(() => world.close())

const { at, get, post, stored, eventsOf } = deskOf(
  () => world,
  () => cookie,
)
const bulk = (form: string, headers = {}) =>
  world.ask('/northwind/tickets/bulk', {
    cookie,
    raw: { body: form, type: 'application/x-www-form-urlencoded' },
    headers,
  })
const statuses = () =>
  Promise.all(numbers.map(async (number) => (await stored(number)).status as string))
const list = async () => (await get('/northwind/tickets')).text()
const seenIn = (page: string) => new URLSearchParams(fieldsOf(page)).get('seen')
const pick = (...picked: number[]) => picked.map((number) => `number=${number}`).join('&')
const byColleague = (number: number, value: 'in_progress' | 'spam' | 'open') =>
  changeTicket(world.northwind.scope, { field: 'status', value, number, staffId: colleague })

describe('what a colleague changed since the list was read', () => {
  test('is left as it is, and said so', async () => {
    const [first, second, third] = numbers
    const seen = seenIn(await list())
    await byColleague(second, 'in_progress')
    const answer = await bulk(`${pick(...numbers)}&status=closed&apply=1&seen=${seen}`)
    expect(await statuses()).toEqual(['closed', 'in_progress', 'closed'])
    const page = await (await get(answer.headers.get('location') ?? '')).text()
    expect(textOf(page)).toContain(
      '2 tickets are closed. 1 was changed by somebody else meanwhile and left as it is.',
    )
    await post(`/northwind/changes/${changeIn(answer)}/undo`, {})
    expect(await statuses()).toEqual(['open', 'in_progress', 'open'])
    await byColleague(first, 'in_progress')
    const toast = `${pick(first, second, third)}&status=closed&apply=1&seen=${seen}`
    expect(textOf(await (await bulk(toast, part)).text())).toContain(
      '1 ticket: closed. 2 were changed by somebody else meanwhile and left as they are.',
    )
  })

  test('may be all of it: then nothing is changed, and there is nothing to undo', async () => {
    const [first, second] = numbers
    const form = `${pick(first, second)}&status=closed&apply=1&seen=${seenIn(await list())}`
    for (const number of [first, second]) await byColleague(number, 'in_progress')
    const sentence = '2 tickets were changed by somebody else meanwhile and left as they are.'
    const answer = await bulk(form)
    expect(answer.headers.get('location')).toBe('/northwind/tickets?left=2')
    const page = await (await get('/northwind/tickets?left=2')).text()
    const toast = await (await bulk(form, part)).text()
    for (const html of [page, toast]) {
      expect(textOf(html)).toContain(sentence)
      expect(valuesOf(html, 'form', 'action').join()).not.toContain('/undo')
    }
    expect(await statuses()).toEqual(['in_progress', 'in_progress', 'open'])
  })

  test('counts from when all of a list was counted', async () => {
    const before = Date.now()
    const question = await (await bulk(`all=1&status=closed`)).text()
    expect(Number(seenIn(question))).toBeGreaterThanOrEqual(before)
    await byColleague(numbers[1], 'in_progress')
    const answer = await bulk(`${fieldsOf(question)}&apply=1`)
    expect(answer.headers.get('location')).toContain('left=1')
    expect(await statuses()).toEqual(['closed', 'in_progress', 'closed'])
  })

  test('counts too where it was under way while the list was read', async () => {
    await byColleague(numbers[0], 'in_progress')
    const form = `${pick(...numbers)}&status=closed&apply=1`
    await bulk(`${form}&seen=${Date.now()}`)
    expect(await statuses()).toEqual(['in_progress', 'closed', 'closed'])
    // Long before, it was shown.
    await bulk(`${form}&seen=${Date.now() + 60_000}`)
    expect(await statuses()).toEqual(['closed', 'closed', 'closed'])
  })
})

test('what one has changed oneself is in nobody’s way, nor is what is no status', async () => {
  const [first, second] = numbers
  const seen = seenIn(await list())
  await post(at(first, '/status'), { status: 'in_progress' })
  const priority = { field: 'priority', value: 'high' } as const
  await changeTicket(world.northwind.scope, { ...priority, number: second, staffId: colleague })
  await bulk(`${pick(...numbers)}&status=closed&apply=1&seen=${seen}`)
  expect(await statuses()).toEqual(['closed', 'closed', 'closed'])
})

describe('the button to go on, sent again', () => {
  test('after an undo, leaves all as it is undone', async () => {
    const form = `${pick(...numbers)}&status=closed&apply=1&change=${newId()}&done=500`
    const change = changeIn(await bulk(form))
    await post(`/northwind/changes/${change}/undo`, {})
    const again = await bulk(form)
    expect(await statuses()).toEqual(['open', 'open', 'open'])
    expect(await eventsOf(numbers[0])).toHaveLength(3)
    const page = await (await get(again.headers.get('location') ?? '')).text()
    expect(textOf(page)).toContain('3 tickets: undone')
  })

  test('changes no ticket a second time, so that all of it can be undone', async () => {
    const form = `${pick(...numbers)}&status=closed&apply=1&change=${newId()}`
    const change = changeIn(await bulk(form))
    await post(at(numbers[0], '/status'), { status: 'in_progress' })
    await bulk(form)
    expect(await statuses()).toEqual(['in_progress', 'closed', 'closed'])
    await post(`/northwind/changes/${change}/undo`, {})
    expect(await statuses()).toEqual(['in_progress', 'open', 'open'])
  })
})

test('a time that is none is refused', async () => {
  for (const seen of ['x', '-1', '1e20', '0'])
    expect((await bulk(`${pick(...numbers)}&status=closed&apply=1&seen=${seen}`)).status).toBe(422)
  expect(await statuses()).toEqual(['open', 'open', 'open'])
})
