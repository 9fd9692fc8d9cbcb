import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { demoStaff } from '#src/demo/content/people.ts'
import { plantDemo } from '#src/demo/planting.ts'
import { openDemo } from '#src/demo/queries.ts'
import { plantSession } from '../walls/facts.ts'
import { rowVersions } from '../walls/rows.ts'
import { makeWorld, password, type World } from '../world.ts'

let world: World
let before: string[]
let organizationId: string
beforeAll(async () => {
  world = await makeWorld()
  await world.file(world.northwind.servers.none)
})
beforeEach(async () => {
  before = await rows()
  await plantDemo(world.database)
  organizationId = (await openDemo(world.database)).organizationId
})
afterAll(() => world.close())

/** Attempts are counted by where they come from, not by organization. */
const rows = async () =>
  (await rowVersions(world.database.owner)).filter((row) => !row.startsWith('attempt_bucket '))
const idOf = async (email: string): Promise<string> => {
  const [found] = await world.database.owner`select id from staff where email = ${email}`
  return found?.id
}
const [first, second] = demoStaff
const session = async ({ email }: { email: string }) => plantSession(world, await idOf(email))
const remove = (cookie: string, organization = 'northwind-demo') =>
  world.ask(`/${organization}/removal`, {
    method: 'POST',
    cookie,
    headers: { 'sec-fetch-site': 'same-origin' },
  })

/** Whatever a row is of, and wherever in it the organization is named. */
async function rowsThatNameIt(): Promise<string[]> {
  const { owner } = world.database
  const tables = await owner`
    select quote_ident(relname) as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace`
  const found = tables.map(async ({ name }) => ({
    name,
    rows: await owner.unsafe(`select from ${name} t where t::text like $1`, [
      `%${organizationId}%`,
    ]),
  }))
  return (await Promise.all(found)).filter(({ rows }) => rows.length > 0).map(({ name }) => name)
}

describe('its owner', () => {
  test('removes it with one button, and nothing of it is left', async () => {
    const { cookie } = await session(first)
    const page = await (await world.ask('/northwind-demo/tickets', { cookie })).text()
    expect(page).toContain('action="/northwind-demo/removal"')
    expect(page).toContain('takes its accounts too')
    const at = '/northwind-demo/tickets/1'
    for (const [path, form] of [
      [`${at}/notes`, { body: 'Seen before.' }],
      [`${at}/block`, { block: 'on' }],
    ] as const)
      expect((await world.ask(path, { cookie, form })).status).toBe(303)
    expect((await rowsThatNameIt()).length).toBeGreaterThan(10)
    await world.database.owner`insert into refused_attempt
      select organization_id, id, 'key_invalid', 1, now() from mcp_server
       where organization_id = ${organizationId}`
    await world.database.owner`insert into rate_bucket values (${organizationId}, 'key', 1, now())`
    await world.database.owner`insert into invitation values (gen_random_uuid(), '\\x00',
      ${organizationId}, 'member', ${await idOf(first.email)}, now(), now())`

    const response = await remove(cookie)
    expect({ status: response.status, to: response.headers.get('location') }).toEqual({
      status: 303,
      to: '/',
    })
    expect(await rowsThatNameIt()).toEqual([])
    expect(await rows()).toEqual(before)
  })

  test('leaves those in place whom another organization has', async () => {
    const { owner } = world.database
    const { scope } = world.northwind
    const { cookie } = await session(first)
    const joined = await idOf(second.email)
    const left = await idOf(demoStaff[2].email)
    await owner`insert into membership values (${joined}, ${scope.organizationId}, 'member')`
    await owner`update support_ticket set closed_by = ${left}
      where organization_id = ${scope.organizationId}`
    expect((await remove(cookie)).status).toBe(303)
    expect(await rowsThatNameIt()).toEqual([])
    const kept = await owner`select id from staff where email like '%@northwind-demo.example'`
    expect(kept.map(({ id }) => id).sort()).toEqual([joined, left].sort())
    expect(await owner`select from membership where staff_id = ${joined}`).toHaveLength(1)

    await plantDemo(world.database)
    expect(await idOf(second.email)).toBe(joined)
    await owner`update support_ticket set closed_by = null
      where organization_id = ${scope.organizationId}`
    await remove((await session(first)).cookie)
    await owner`delete from staff where id = ${joined}`
    await owner`delete from staff where id = ${left}`
  })
})

describe('a real person who joined it by invitation', () => {
  const invite = async () => {
    const { cookie } = await session(first)
    const form = { role: 'member' }
    const response = await world.ask('/northwind-demo/invitations', { cookie, form })
    const [, path = ''] = /localhost:3000(\/invitations\/[\w-]+)/.exec(await response.text()) ?? []
    return path
  }

  test('goes with it when they belong to no other organization', async () => {
    const form = { name: 'Kim Dahl', email: 'kim@dahl.example', password }
    const joined = await world.ask(await invite(), { form })
    expect(joined.headers.get('location')).toBe('/northwind-demo/tickets')
    expect((await remove((await session(first)).cookie)).status).toBe(303)
    expect(await idOf(form.email)).toBeUndefined()
    expect(await rows()).toEqual(before)
  })

  test('stays, signed in, with the organizations they have besides', async () => {
    const { id } = world.southwind.staff
    const { cookie } = await plantSession(world, id)
    const joined = await world.ask(await invite(), { cookie, form: { join: '' } })
    expect(joined.headers.get('location')).toBe('/northwind-demo/tickets')
    expect((await remove((await session(first)).cookie)).status).toBe(303)
    expect((await world.ask('/southwind/tickets', { cookie })).status).toBe(200)
    expect(await rowsThatNameIt()).toEqual([])
    await world.database.owner`delete from session where staff_id = ${id}`
    expect(await rows()).toEqual(before)
  })
})

describe('nobody else removes it', () => {
  test('a member sees that it is a demo, and no button', async () => {
    const { cookie } = await session(second)
    const page = await (await world.ask('/northwind-demo/tickets', { cookie })).text()
    expect(page).toContain('This is a demo.')
    expect(page).not.toContain('/removal')
    const now = await rows()
    expect((await remove(cookie)).status).toBe(404)
    expect(await rows()).toEqual(now)
  })

  test('another organization’s owner finds nothing there', async () => {
    const { cookie } = await plantSession(world, world.southwind.staff.id)
    const now = await rows()
    expect((await remove(cookie)).status).toBe(404)
    expect(await rows()).toEqual(now)
  })

  test('and no organization is removed that is no demo', async () => {
    const { cookie } = await plantSession(world, world.northwind.staff.id)
    const now = await rows()
    expect((await remove(cookie, 'northwind')).status).toBe(404)
    expect(await rows()).toEqual(now)
    const page = await (await world.ask('/northwind/tickets', { cookie })).text()
    expect(page).not.toContain('This is a demo.')
  })
})
