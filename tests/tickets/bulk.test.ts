import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import { changeTickets } from '#src/tickets/bulk/changing.ts'
import { countChanges } from '#src/tickets/bulk/counting.ts'
import { undoChange } from '#src/tickets/undoing/undoing.ts'
import { textOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { changeIn, deskOf, fieldsOf, part } from './desk.ts'
import { plantMany } from './many.ts'

const tickets = 5_012
let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  for (const from of [world.northwind, world.southwind])
    await plantMany(world, { from, tickets: 1_200, subject: `'u-' || n % 40` })
  await plantMany(world, {
    from: world.northwind,
    tickets,
    subject: `'e' || n || '@fjord.example'`,
    proof: 'email',
    firstNumber: 2_001,
  })
  await world.database.owner`
    update support_ticket set status = 'open'
     where organization_id = ${world.northwind.scope.organizationId} and number > 2000`
}, 60_000)
afterAll(() => world.close())

const { get, post, stored, eventsOf } = deskOf(
  () => world,
  () => cookie,
)
const list = '?server=docuapi-northwind'
const bulk = (body: string, query = '', headers: Record<string, string> = {}) =>
  world.ask(`/northwind/tickets/bulk${query}`, {
    cookie,
    raw: { body, type: 'application/x-www-form-urlencoded' },
    headers,
  })
/** Applies what a page asks, and goes on where that takes more than one request. */
const finish = async (page: string, query: string): Promise<Response> => {
  const answer = await bulk(`${fieldsOf(page)}&apply=1`, query)
  return answer.status === 200 ? finish(await answer.text(), query) : answer
}
const countOf = async (status: string, slug = 'northwind') => {
  const { organizationId } = slug === 'northwind' ? world.northwind.scope : world.southwind.scope
  const [row] = await world.database.owner`
    select count(*)::int as n from support_ticket
     where organization_id = ${organizationId} and status = ${status}::ticket_status`
  return row?.n
}

describe('all of a list', () => {
  test('is counted first, changed as one, and undone as one', async () => {
    const closedThere = await countOf('closed', 'southwind')
    const closed = await countOf('closed')
    const question = await (await bulk('all=1&status=closed', list)).text()
    expect(textOf(question)).toContain('Close 5,012 tickets?')
    expect(await countOf('closed')).toBe(closed)
    const late = await world.file(world.northwind.servers.none)

    const answer = await finish(question, list)
    expect(answer.status).toBe(303)
    const change = changeIn(answer)
    expect(await countOf('closed')).toBe(closed + tickets)
    expect(await stored(late)).toMatchObject({ status: 'open' })
    expect(await countOf('closed', 'southwind')).toBe(closedThere)
    expect((await eventsOf(2_001)).at(-1)).toMatchObject({
      old_value: 'open',
      new_value: 'closed',
      change_id: change,
    })
    // A page of the list says so, once it shows what was changed.
    const undo = async () =>
      textOf(await (await post(`/northwind/changes/${change}/undo`, {}, part)).text())
    let undone = await undo()
    while (undone.includes('so far')) undone = await undo()
    expect(undone).toContain('Undone on')
    expect(await countOf('closed')).toBe(closed)
    const after = await get(`/northwind/tickets?changed=${change}`)
    expect(textOf(await after.text())).toContain(`${tickets.toLocaleString('en')} tickets: undone`)
  }, 60_000)

  test('of words is what the search finds', async () => {
    const question = await (await bulk('all=1&priority=high', '?q=2345')).text()
    expect(textOf(question)).toContain('Set 1 ticket to high priority?')
    await bulk(`${fieldsOf(question)}&apply=1`, '?q=2345')
    expect(await stored(2_345)).toMatchObject({ priority: 'high' })
    expect(await stored(2_346)).toMatchObject({ priority: 'normal' })
  })

  test('in steps is exact, wherever each one stopped', async () => {
    const { scope, staff } = world.northwind
    const chosen = { filter: { status: 'active' as const, server: 'billing-northwind' } }
    const setting = { field: 'priority' as const, value: 'low' as const }
    const { tickets: counted } = await countChanges(scope, chosen, setting, {
      stepTickets: 7,
      workMs: 60_000,
    })
    expect(counted).toEqual({ n: 800, more: false })
    const by = { chosen, setting, seenMs: null, staffId: staff.id, changeId: newId() }
    const short = { batchTickets: 300, workMs: 0 }
    const first = await changeTickets(scope, { ...by, before: null }, short)
    expect(first.changed).toBe(300)
    const second = await changeTickets(scope, { ...by, before: first.before }, short)
    const third = await changeTickets(scope, { ...by, before: second.before }, short)
    expect(first.changed + second.changed + third.changed).toBe(800)
    expect(third.before).toBeNull()
    const undo = { changeId: by.changeId, staffId: staff.id }
    expect(await undoChange(scope, undo)).toMatchObject({ tickets: 800, left: false })
  }, 60_000)

  test('where counting takes too long says so', async () => {
    const counted = await countChanges(
      world.northwind.scope,
      { filter: { status: 'active' } },
      { field: 'status', value: 'spam' },
      { stepTickets: 5, workMs: 0 },
    )
    expect(counted.tickets).toEqual({ n: 5, more: true })
  })
})

describe('named tickets', () => {
  test('are changed at once where it is sure, and what is so already is not', async () => {
    await post('/northwind/tickets/2001/status', { status: 'spam' })
    const body = 'number=2001&number=2002&number=2003&number=2002&status=spam'
    expect(textOf(await (await bulk(body)).text())).toContain('Move 2 tickets to spam?')
    const html = await (await bulk(`${body}&apply=1`, '?status=open', part)).text()
    expect(html).not.toContain('<html')
    expect(textOf(html)).toContain('2 tickets: spam')
    expect(html).toContain('hx-target="#toasts"')
    const change = /changes\/([0-9a-f-]+)\/undo\?status=open/.exec(html)?.[1] ?? ''
    await post(`/northwind/changes/${change}/undo`, {})
    const statuses = await Promise.all([2001, 2002, 2003].map(stored))
    expect(statuses.map(({ status }) => status)).toEqual(['spam', 'open', 'open'])
  })

  test('are changed and undone again from a page that was kept', async () => {
    const question = fieldsOf(await (await bulk('number=2010&status=closed')).text())
    for (const _ of [1, 2]) {
      const change = changeIn(await bulk(`${question}&apply=1`))
      expect(await stored(2_010)).toMatchObject({ status: 'closed' })
      await post(`/northwind/changes/${change}/undo`, {})
      expect(await stored(2_010)).toMatchObject({ status: 'open' })
    }
  })

  test('that are so already leave nothing to do', async () => {
    const body = 'number=2001&status=spam'
    expect(textOf(await (await bulk(body)).text())).toContain('Nothing to change')
    expect((await bulk(`${body}&apply=1`)).headers.get('location')).toBe('/northwind/tickets')
  })

  test('of nobody, or of another organization only, are left alone', async () => {
    const before = await countOf('spam', 'southwind')
    await bulk('number=999999&number=900&status=spam&apply=1')
    expect(await countOf('spam', 'southwind')).toBe(before)
    expect(await stored(900)).toMatchObject({ status: 'spam' })
  })
})

test('what makes no sense is refused', async () => {
  const old = '0193a5f0-0000-7000-8000-000000000001'
  for (const body of [
    '&',
    'status=closed',
    'number=2004',
    'number=x&status=closed',
    'number=2004&status=gone',
    'number=2004&status=closed&priority=high',
    `number=2004&status=closed&apply=1&change=${old}`,
    'number=2004&status=closed&apply=1&change=x',
    `status=closed&${'number=2004&'.repeat(501)}`,
  ])
    expect({ body: body.slice(0, 60), status: (await bulk(body)).status }).toEqual({
      body: body.slice(0, 60),
      status: 422,
    })
  expect(await stored(2_004)).toMatchObject({ status: 'open' })
  expect((await get('/northwind/tickets/bulk')).status).toBe(404)
})
