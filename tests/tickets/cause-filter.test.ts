import { afterAll, beforeAll, expect, test } from 'bun:test'
import { textOf, valuesOf } from '../views/parse.ts'
import { jsonOf, makeWorld, type World } from '../world.ts'
import { plantCause } from './causes.ts'

let world: World
let cookie: string
const named = 'Search is refused'
const theirs = 'A cause of somebody else'

/** Northwind's tickets 1 to 3 have the cause 1, its 4 the cause 4; southwind's 1 to 5 the cause 5. */
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  for (const organization of [world.northwind, world.southwind])
    for (const title of ['One', 'Two', 'Three', 'Four', 'Five'])
      await world.file(organization.servers.external, { title })
  await plantCause(world, world.northwind, { number: 1, pattern: '403 …', name: named })
  await plantCause(world, world.northwind, { number: 4, pattern: 'Timed out after … s' })
  await plantCause(world, world.southwind, { number: 5, pattern: theirs })
  const { owner } = world.database
  const [north, south] = [world.northwind.scope, world.southwind.scope]
  await owner`update support_ticket set cause = null`
  await owner`update support_ticket set cause = case when number < 4 then 1 else 4 end
    where organization_id = ${north.organizationId} and number < 5`
  await owner`update support_ticket set cause = 5 where organization_id = ${south.organizationId}`
  await owner`insert into cause_answer values
    (${north.organizationId}, 1, 1, 'Sign in\nagain.', 'https://docs.example.com/403', ${world.northwind.staff.id}, now()),
    (${north.organizationId}, 1, 2, 'Another one.', null, ${world.northwind.staff.id}, now())`
  await owner`update support_ticket set answer_version = 1
    where organization_id = ${north.organizationId} and number = 3`
})
afterAll(() => world.close())

const get = async (path: string) => (await world.ask(`/northwind${path}`, { cookie })).text()
const shown = (page: string) =>
  [...page.matchAll(/id="ticket-(\d+)"/g)].map(([, number]) => Number(number))

test('a row leads to the tickets of its cause, and says how many others there are', async () => {
  const page = await get('/tickets')
  const links = valuesOf(page, 'a', 'href')
  expect(links.filter((href) => href === '/northwind/tickets?cause=1').length).toBeGreaterThan(2)
  expect(links).toContain('/northwind/tickets?cause=4')
  expect(textOf(page)).toMatch(/Search is refused 2 others since \d\d:\d\d/)
  expect(textOf(page)).not.toContain('1 others')
  expect(shown(await get('/tickets?cause=1'))).toEqual([3, 2, 1])
  expect(shown(await get('/tickets?cause=1&q=two'))).toEqual([2])
})

test('what came with an answer says so in its row', async () => {
  const rows = (await get('/tickets?cause=1')).split('<li id="ticket-')
  expect(rows.filter((row) => textOf(row).includes('answered')).map((row) => row[0])).toEqual(['3'])
})

test('the list narrowed by a cause names it, and keeps it wherever it leads', async () => {
  const page = await get('/tickets?cause=4')
  expect(textOf(page)).toContain('Stop showing only Timed out after … s')
  const links = valuesOf(page, 'a', 'href')
  for (const href of [
    '/northwind/tickets',
    '/northwind/tickets?status=closed&cause=4',
    '/northwind/tickets/export.csv?cause=4',
    '/northwind/tickets/4?cause=4',
  ])
    expect(links).toContain(href)
  expect(valuesOf(page, 'form', 'action')).toContain('/northwind/tickets/bulk?cause=4')
  expect(await get('/tickets/export.csv?cause=4')).toContain('"Four"')
  expect(await get('/tickets/export.csv?cause=4')).not.toContain('"Three"')
})

test('a cause of another organization, or none, has no ticket and is said not to be there', async () => {
  for (const cause of [5, 2, 999]) {
    const text = textOf(await get(`/tickets?cause=${cause}`))
    expect(text).toContain(`Cause #${cause}, which is not there`)
    expect(text).toContain(`No cause has the number #${cause}.`)
    expect(text).not.toContain(theirs)
    expect(shown(await get(`/tickets?cause=${cause}`))).toEqual([])
  }
})

test('a program of the staff asks for a cause by its number', async () => {
  const input = encodeURIComponent(JSON.stringify({ cause: 1 }))
  const path = `/northwind/trpc/support.getOrganizationTickets?input=${input}`
  const body = await jsonOf<{ result: { data: { rows: { number: number; cause: number }[] } } }>(
    await world.ask(path, { cookie }),
  )
  expect(body.result.data.rows.map(({ number, cause }) => [number, cause])).toEqual([
    [3, 1],
    [2, 1],
    [1, 1],
  ])
})

test('all of a cause are closed at once', async () => {
  const done = await world.ask('/northwind/tickets/bulk?cause=4', {
    cookie,
    form: { all: '1', status: 'closed', apply: '1' },
  })
  expect(done.status).toBeLessThan(400)
  expect(shown(await get('/tickets?cause=4'))).toEqual([])
  expect(shown(await get('/tickets'))).toEqual([5, 3, 2, 1])
})

test('a ticket tells of others like it, and what its reporter was told', async () => {
  const page = await get('/tickets/3')
  const text = textOf(page)
  expect(text).toMatch(/2 others hit search_docs in this way since \d\d:\d\d today. Show them/)
  expect(text).toContain('Sign in again. More: https://docs.example.com/403')
  expect(text).not.toContain('Another one.')
  const links = valuesOf(page, 'a', 'href')
  expect(links).toContain('/northwind/tickets?cause=1')
  expect(links).toContain('/northwind/causes/1')
  expect(textOf(await get('/tickets/2'))).not.toContain('Sign in')
  expect(textOf(await get('/tickets/5'))).not.toContain('Similar tickets')
})

test('a ticket says whether its cause is fixed, or came back', async () => {
  const { organizationId } = world.northwind.scope
  const { owner } = world.database
  await owner`update cause set fixed_at = now() where organization_id = ${organizationId} and number = 1`
  expect(textOf(await get('/tickets/3'))).toContain('State Marked fixed')
  await owner`update cause set fixed_at = null, reopened_at = now()
    where organization_id = ${organizationId} and number = 1`
  expect(textOf(await get('/tickets/3'))).toContain('State Came back after it was fixed')
})
