import { afterAll, beforeAll, expect, test } from 'bun:test'
import { makeWorld, password, type World } from '../world.ts'

/** PostgreSQL's text holds no NUL: what asks for one is refused or finds nothing, and never fails. */
let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  await world.file(world.northwind.servers.none)
})
afterAll(() => world.close())

for (const path of [
  '/%00/tickets',
  '/northwind%00/tickets',
  '/northwind/tickets/%00',
  '/northwind/tickets?q=%00',
  '/northwind/tickets?server=%00',
  '/northwind/trpc/support%00',
  '/s/%00/trpc/support.settings',
  '/assets/%00',
  '/sign-in?next=/%00',
])
  test(`a NUL in ${path} is a 400`, async () => {
    const { key } = world.northwind.servers.none
    expect((await world.ask(path, { cookie, key })).status).toBe(400)
  })

test('a NUL in the slug of a key route is a 400', async () => {
  const { key } = world.northwind.servers.none
  for (const path of ['/s/%00/api/support', '/api/support/%00'])
    expect((await world.ask(path, { key, json: {} })).status).toBe(400)
})

for (const q of ['\0', 'a\0b', '\ud800', '%\0_', '\\'])
  test(`a search for ${JSON.stringify(q)} finds nothing`, async () => {
    const input = encodeURIComponent(JSON.stringify({ q }))
    const path = `/northwind/trpc/support.getOrganizationTickets?input=${input}`
    const response = await world.ask(path, { cookie })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ result: { data: { rows: [] } } })
  })

for (const form of [
  { email: 'a\0@northwind.example', password },
  { email: 'a@northwind.example', password: '\0' },
])
  test(`signing in with ${JSON.stringify(form)} is refused like any other`, async () => {
    expect((await world.ask('/sign-in', { form })).status).toBe(422)
  })
