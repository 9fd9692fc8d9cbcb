import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { makeWorld, password, type World } from '../world.ts'

for (const [base, name, secure] of [
  ['http://localhost:3000', 'mcp_obs_session', false],
  ['https://desk.example', '__Host-mcp_obs_session', true],
] as const)
  describe(`the session’s cookie at ${base}`, () => {
    let world: World
    beforeAll(async () => {
      world = await makeWorld({ MCP_OBS_BASE_URL: base })
    })
    afterAll(() => world.close())

    test('is for this host, for requests only, and for no other site', async () => {
      const { email } = world.northwind.staff
      const form = { email, password }
      const response = await world.ask('/sign-in', { form })
      const [cookie, ...more] = response.headers.getSetCookie()
      expect(more).toEqual([])
      const [pair = '', ...flags] = (cookie ?? '').split(';').map((part) => part.trim())
      expect(pair).toMatch(new RegExp(`^${name}=[a-z0-9]{40}$`))
      const kinds = flags.map((flag) => flag.replace(/^Max-Age=\d+$/, 'Max-Age'))
      expect(kinds.sort()).toEqual(
        ['HttpOnly', 'Max-Age', 'Path=/', 'SameSite=Lax', ...(secure ? ['Secure'] : [])].sort(),
      )
    })

    test('is taken back at sign-out with the same flags', async () => {
      const cookie = await world.signIn(world.northwind.staff.email)
      const response = await world.ask('/sign-out', { cookie, form: { a: '' } })
      const blank = response.headers.get('set-cookie') ?? ''
      expect(blank).toStartWith(`${name}=;`)
      expect(blank).toContain('Max-Age=0')
      expect(blank.includes('Secure')).toBe(secure)
      expect(response.headers.get('clear-site-data')).toBe('"cache"')
    })
  })

describe('a session', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  })
  afterAll(() => world.close())
  const opens = async (cookie: string) =>
    (await world.ask('/northwind/tickets', { cookie })).status === 200
  const ids = async () =>
    (await world.database.owner`select id from session`).map(({ id }) => String(id))

  test('has a new id at every sign-in, and the one the browser came with is dead', async () => {
    const { email } = world.northwind.staff
    const first = await world.signIn(email)
    expect(await opens(first)).toBe(true)
    const response = await world.ask('/sign-in', { cookie: first, form: { email, password } })
    const second = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(second).not.toBe(first)
    expect([await opens(first), await opens(second)]).toEqual([false, true])
  })

  test('can’t be planted: an id that was chosen before is not taken up', async () => {
    const { email } = world.northwind.staff
    const planted = `mcp_obs_session=${'a'.repeat(40)}`
    const response = await world.ask('/sign-in', { cookie: planted, form: { email, password } })
    expect(response.headers.get('set-cookie')).not.toContain('a'.repeat(40))
    expect(await opens(planted)).toBe(false)
  })

  test('is dead at the desk after sign-out, also for who kept the cookie', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    const before = (await ids()).length
    await world.ask('/sign-out', { cookie, form: { a: '' } })
    expect(await opens(cookie)).toBe(false)
    expect((await ids()).length).toBe(before - 1)
  })

  test('ends alone: the others of the same person stay', async () => {
    const { email } = world.northwind.staff
    const [one, other] = [await world.signIn(email), await world.signIn(email)]
    await world.ask('/sign-out', { cookie: one, form: { a: '' } })
    expect([await opens(one), await opens(other)]).toEqual([false, true])
  })

  test('is stored as the hash of its cookie, which opens nothing', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    const value = cookie.split('=')[1] ?? ''
    const stored = await ids()
    expect(stored).toContain(sha256(value).toString('hex'))
    for (const id of stored) {
      expect(id).not.toContain(value)
      expect(await opens(`mcp_obs_session=${id}`)).toBe(false)
    }
  })

  test('that has run out opens nothing and is gone', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    await world.database.owner`update session set expires_at = now() - interval '1 second'`
    expect(await opens(cookie)).toBe(false)
    expect(await ids()).not.toContain(sha256(cookie.split('=')[1] ?? '').toString('hex'))
  })

  test('is extended in its second half, under the same id', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    const id = sha256(cookie.split('=')[1] ?? '').toString('hex')
    await world.database.owner`
      update session set expires_at = now() + interval '14 days' where id = ${id}`
    const response = await world.ask('/northwind/tickets', { cookie })
    expect(response.headers.get('set-cookie')).toStartWith(`${cookie};`)
    const [row] = await world.database.owner`
      select expires_at > now() + interval '29 days' as extended from session where id = ${id}`
    expect(row?.extended).toBe(true)
  })

  for (const cookie of [
    'mcp_obs_session=',
    'mcp_obs_session=%00',
    "mcp_obs_session=' or true --",
    'mcp_obs_session=%E0%A4%A',
    `mcp_obs_session=${'x'.repeat(4000)}`,
    '__Host-mcp_obs_session=x',
    '=;=;;',
  ])
    test(`is not had with the cookie ${cookie.slice(0, 40)}`, async () => {
      const response = await world.ask('/northwind/tickets', { cookie })
      expect(response.status).toBe(303)
    })

  test('is found among cookies of others, whatever those hold', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    expect(await opens(`theirs=%E0%A4%A; x_mcp_obs_session=y; ${cookie}; more="; `)).toBe(true)
  })

  test('is read at a page of the one organization its staff belong to, and at no other', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    expect((await world.ask('/southwind/tickets', { cookie })).status).toBe(404)
  })
})
