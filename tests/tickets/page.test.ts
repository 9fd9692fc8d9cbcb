import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { bounds } from '#src/tickets/paging.ts'
import { readPlace } from '#src/tickets/showing/place.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { deskOf } from './desk.ts'
import { plantMany } from './many.ts'

const many = 1_100
let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  for (const from of [world.northwind, world.southwind])
    await plantMany(world, { from, tickets: many, subject: `'u-' || n % 100` })
}, 60_000)
afterAll(() => world.close())

const { at, get } = deskOf(
  () => world,
  () => cookie,
)
const page = async (number: number, query = '') => (await get(`${at(number)}${query}`)).text()
/** The way back, the position, the numbers before and after. */
const placeOf = (html: string) => {
  const bar = html.slice(html.indexOf('<div class="bar">'), html.indexOf('<div class="split">'))
  const [position] = /[\d,]+\+? of [\d,]+\+?/.exec(textOf(bar)) ?? []
  const numbers = [...bar.matchAll(/rel="(prev|next)" href="[^"]*\/tickets\/(\d+)/g)]
  return { position, ...Object.fromEntries(numbers.map(([, rel, n]) => [rel, Number(n)])) }
}

describe('the place of a ticket in its list', () => {
  test('is told with its neighbours, newest first', async () => {
    // Every third is closed.
    expect(placeOf(await page(1_100))).toEqual({ position: '1 of 734', next: 1_099 })
    expect(placeOf(await page(1_097))).toEqual({ position: '3 of 734', prev: 1_099, next: 1_096 })
    expect(placeOf(await page(1))).toEqual({ position: '734 of 734', prev: 2 })
    expect(placeOf(await page(400))).toMatchObject({ position: '468 of 734' })
  })

  test('follows the filter, which every link keeps', async () => {
    const html = await page(300, '?status=closed&reporter=200')
    expect(placeOf(html)).toEqual({ position: '3 of 3', prev: 600 })
  })

  test('of a ticket that is not in it has neighbours only', async () => {
    expect(placeOf(await page(600))).toEqual({ prev: 601, next: 599 })
    expect(placeOf(await page(600, '?server=nobodys'))).toEqual({})
  })

  test('is where the words are found', async () => {
    expect(placeOf(await page(401, '?q=401'))).toEqual({ position: '1 of 1' })
  })

  test('says that there may be more above, where a walk ended before it was through', async () => {
    const { scope } = world.northwind
    const place = async (number: number, walk: number) =>
      (await readPlace(scope, { status: 'closed', reporter: 30 }, number, { ...bounds, walk }))
        .position
    // Of eleven tickets of the reporter four are closed, and number 30 is the oldest of those.
    expect(await place(30, 20)).toEqual({ n: 4, more: false })
    expect(await place(30, 2)).toEqual({ n: 1, more: true })
    const all = await readPlace(scope, { status: 'closed' }, 3, { ...bounds, walk: 200 })
    expect(all.position).toEqual({ n: 66, more: true })
  })

  test('says where the counting ended', async () => {
    await world.database.owner`
      update support_ticket set status = 'open'
       where organization_id = ${world.northwind.scope.organizationId}`
    expect(placeOf(await page(5))).toMatchObject({ position: '1,000+ of 1,100', prev: 6, next: 4 })
  })
})

describe('the page', () => {
  test('has its address to copy, whatever filter it came with', async () => {
    expect(valuesOf(await page(7, '?status=open'), 'input', 'value')).toContain(
      'http://localhost:3000/northwind/tickets/7',
    )
  })

  test('leads to the session as it was stored', async () => {
    const number = await world.file(world.northwind.servers.external, {
      context: {
        calls: [
          {
            tool: 'search_docs',
            at: '2026-11-22T10:00:00Z',
            outcome: 'error',
            arguments: { q: '<script>' },
            error: 'no',
          },
        ],
        client: { name: 'Claude', version: '1' },
      },
    })
    const html = await page(number)
    expect(valuesOf(html, 'a', 'href')).toContain(at(number, '/context.json'))
    const response = await get(at(number, '/context.json'))
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.json()).toMatchObject({
      calls: [{ tool: 'search_docs', arguments: { q: '<script>' } }],
      client: { name: 'Claude', version: '1' },
    })
    expect(textOf(html)).toContain('"method": "tools/call"')
  })

  test('without a session leads to none', async () => {
    const title = 'Nothing is found'
    const number = await world.file(world.northwind.servers.external, { title })
    expect(await page(number)).not.toContain('context.json')
    for (const path of [at(number, '/context.json'), at(987_654, '/context.json')])
      expect((await get(path)).status).toBe(404)
  })
})
