import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { idAt } from '#src/lib/ids.ts'
import { undoChange } from '#src/tickets/undoing/undoing.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { changeIn, deskOf, part } from './desk.ts'

let world: World
let cookie: string
let number: number
let people = 0
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
beforeEach(async () => {
  number = await world.file(world.northwind.servers.none, { email: `u${people++}@fjord.example` })
})
afterAll(() => world.close())

const { at, get, post, stored, eventsOf } = deskOf(
  () => world,
  () => cookie,
)
const undo = (change: string, query = '', headers = {}) =>
  post(`/northwind/changes/${change}/undo${query}`, {}, headers)
const set = async (status: string) => changeIn(await post(at(number, '/status'), { status }))

describe('undoing', () => {
  test('puts back what a change left, with an event, once', async () => {
    await set('in_progress')
    const change = await set('spam')
    const answer = await undo(change, `?ticket=${number}&status=open`)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`${at(number)}?status=open&changed=${change}`)
    expect(await stored(number)).toMatchObject({ status: 'in_progress' })
    await undo(change)
    const events = await eventsOf(number)
    expect(events).toHaveLength(4)
    expect(events[3]).toMatchObject({
      action: 'status_changed',
      old_value: 'spam',
      new_value: 'in_progress',
      staff_id: world.northwind.staff.id,
      change_id: change,
    })
    expect(textOf(await (await get(at(number))).text())).toContain(
      'Mira Okafor undid that: in progress again',
    )
  })

  test('leaves alone what somebody has changed since', async () => {
    const change = await set('closed')
    await set('in_progress')
    expect((await undo(change)).headers.get('location')).toBe(
      `/northwind/tickets?changed=${change}`,
    )
    expect(await stored(number)).toMatchObject({ status: 'in_progress' })
    expect(await eventsOf(number)).toHaveLength(3)
  })

  test('does not come back to a change that was undone, when the same is done again', async () => {
    const change = await set('closed')
    await undo(change)
    await set('closed')
    await undo(change)
    expect(await stored(number)).toMatchObject({ status: 'closed' })
  })

  test('a reopening closes it when and by whom it was closed', async () => {
    await set('closed')
    const before = await stored(number)
    const change = await set('open')
    await undo(change)
    const { closed_at, closed_by } = before
    expect(await stored(number)).toMatchObject({ status: 'closed', closed_at, closed_by })
    expect(closed_at).toBeInstanceOf(Date)
    // The undoing is no closing of its own.
    await undo(await set('spam'))
    expect(await stored(number)).toMatchObject({ status: 'closed', closed_at, closed_by })
  })

  test('gives a priority back', async () => {
    const change = changeIn(await post(at(number, '/priority'), { priority: 'low' }))
    await undo(change)
    expect(await stored(number)).toMatchObject({ priority: 'normal' })
  })

  test('answers htmx with a toast, and has what shows tickets read them again', async () => {
    const change = await set('closed')
    const answer = await undo(change, '', part)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.headers.get('hx-trigger') ?? '')).toEqual({
      'tickets-changed': { target: 'body' },
    })
    const html = await answer.text()
    expect(valuesOf(html, 'hx-partial', 'hx-target')).toEqual(['#toasts'])
    expect(textOf(html)).toContain('Undone on 1 ticket')
  })

  test('goes on where the time was up', async () => {
    const { scope, staff } = world.northwind
    const change = await set('closed')
    const by = { changeId: change, staffId: staff.id }
    const short = { batchTickets: 1, workMs: 0 }
    expect(await undoChange(scope, by, short)).toEqual({ ok: true, tickets: 1, left: true })
    expect(await undoChange(scope, by, short)).toEqual({ ok: true, tickets: 0, left: false })
  })
})

describe('what can’t be undone', () => {
  test('is a change of more than an hour ago', async () => {
    const change = await set('closed')
    const old = idAt(new Date(Date.now() - 3_601_000))
    await world.database
      .owner`update ticket_event set change_id = ${old} where change_id = ${change}`
    expect((await undo(old)).status).toBe(422)
    expect(await stored(number)).toMatchObject({ status: 'closed' })
    expect(await (await get(`${at(number)}?changed=${old}`)).text()).not.toContain('/undo')
  })

  test('is nothing, and another organization’s', async () => {
    const change = await set('closed')
    const theirs = await world.signIn(world.southwind.staff.email)
    for (const id of [change, 'x', `${change}x`, '0193a5f0-0000-7000-8000-000000000001']) {
      const answer = await world.ask(`/southwind/changes/${id}/undo`, {
        cookie: theirs,
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      expect(answer.status).toBe(404)
    }
    expect(await stored(number)).toMatchObject({ status: 'closed' })
  })
})

describe('the page after a change', () => {
  test('says what was changed, with the same form', async () => {
    const answer = await post(at(number, '/status?status=open'), { status: 'closed' })
    const html = await (await get(answer.headers.get('location') ?? '')).text()
    expect(textOf(html)).toContain(`#${number} is closed`)
    const path = `/northwind/changes/${changeIn(answer)}/undo?status=open&ticket=${number}`
    expect(valuesOf(html, 'form', 'action')).toContain(path)
    const back = await post(path, {})
    const after = await (await get(back.headers.get('location') ?? '')).text()
    expect(textOf(after)).toContain(`#${number}: undone`)
    expect(valuesOf(after, 'form', 'action').join()).not.toContain('/undo')
  })

  test('says nothing of what is no change of theirs', async () => {
    for (const id of ['x', '0193a5f0-0000-7000-8000-000000000001', ''])
      expect((await get(`${at(number)}?changed=${id}`)).status).toBe(200)
  })
})

test('a list says what was changed in it, with the way back', async () => {
  const change = await set('closed')
  const html = await (await get(`/northwind/tickets?status=closed&changed=${change}`)).text()
  expect(textOf(html)).toContain(`#${number} is closed`)
  expect(valuesOf(html, 'form', 'action')).toContain(
    `/northwind/changes/${change}/undo?status=closed`,
  )
})
