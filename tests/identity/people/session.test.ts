import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { makeWorld, type World } from '../../world.ts'
import { Browser, locationOf, person } from './visiting.ts'

let world: World
let path: string
beforeAll(async () => {
  world = await makeWorld()
  path = `/s/${world.northwind.servers.platform.slug}`
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.owner`delete from end_user`
  await world.database.owner`delete from rate_bucket`
})

const visit = () => new Browser(world, world.northwind.servers.platform)
const sessions = () => world.database.owner`select * from end_user_session order by id`

describe('a session', () => {
  test('is kept in a cookie of the server’s pages, and stored as a hash', async () => {
    const browser = visit()
    const response = await browser.signUp()
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^mcp_obs_user=[\\w-]{43}; Path=${path}; Max-Age=2592000; HttpOnly; SameSite=Lax$`,
        ),
      ),
    ])
    const [row, ...more] = await sessions()
    const value = browser.cookies.get('mcp_obs_user') ?? ''
    expect(more).toEqual([])
    expect(sha256(value).equals(row?.token_hash)).toBe(true)
    expect(JSON.stringify(row)).not.toContain(value)
    const stolen = visit()
    stolen.cookies.set('mcp_obs_user', row?.token_hash.toString('base64url'))
    expect(await stolen.whose()).toBeNull()
  })

  test('at a host of its own is pinned to it, and secure', async () => {
    const hosts = await makeWorld({ MCP_OBS_BASE_URL: 'https://desk.example' })
    const host = `${hosts.northwind.servers.platform.slug}.desk.example`
    const response = await hosts.ask('/sign-up', { host, form: person })
    expect(locationOf(response)).toBe('/account')
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(
      /^__Host-mcp_obs_user=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
    )
    const carried = cookie.split(';')[0] ?? ''
    expect((await hosts.ask('/account', { host, cookie: carried })).status).toBe(200)
    const unpinned = carried.replace('__Host-', '')
    expect((await hosts.ask('/account', { host, cookie: unpinned })).status).toBe(303)
    // Not canonical there.
    const below = `/s/${hosts.northwind.servers.platform.slug}/account`
    expect((await hosts.ask(below, { cookie: carried })).status).toBe(404)
    await hosts.close()
  })

  test('gets a new value by each sign-in, and the one before ends (fixation)', async () => {
    const browser = visit()
    await browser.signUp()
    const planted = browser.cookies.get('mcp_obs_user') ?? ''
    await browser.signIn()
    const own = browser.cookies.get('mcp_obs_user')
    expect(own).not.toBe(planted)
    const attacker = visit()
    attacker.cookies.set('mcp_obs_user', planted)
    expect([await attacker.whose(), await browser.whose()]).toEqual([null, person.email])
    expect(await sessions()).toHaveLength(1)
  })

  test('ends where its account gets too many: the newest 50 are kept, and others’ stay', async () => {
    const { owner } = world.database
    const ana = visit()
    const ben = visit()
    await ben.signUp({ email: 'ben@fjord.example' })
    await ana.signUp()
    await owner`
      insert into end_user_session
      select organization_id, mcp_server_id, gen_random_uuid(), sha256(n::text::bytea), end_user_id,
             'Test', now() - n * interval '1 hour', expires_at
        from end_user_session, generate_series(1, 60) n
       where end_user_id = (select id from end_user where email = ${person.email})`
    expect(await sessions()).toHaveLength(62)
    await visit().signIn()
    expect([await ana.whose(), await ben.whose()]).toEqual([person.email, 'ben@fjord.example'])
    const left = await owner`select created_at < now() - interval '48.5 hours' as old
      from end_user_session where end_user_id = (select id from end_user where email = ${person.email})`
    expect(left).toHaveLength(50)
    expect(left.filter(({ old }) => old)).toEqual([])
  })

  test('that nobody has is not adopted', async () => {
    await visit().signUp()
    const browser = visit()
    browser.cookies.set('mcp_obs_user', 'A'.repeat(43))
    await browser.signIn()
    expect(browser.cookies.get('mcp_obs_user')).not.toBe('A'.repeat(43))
  })

  test('ends at the desk when somebody signs out', async () => {
    const browser = visit()
    await browser.signUp()
    const value = browser.cookies.get('mcp_obs_user') ?? ''
    const response = await browser.signOut()
    expect(locationOf(response)).toBe(`${path}/sign-in`)
    expect(response.headers.getSetCookie()).toEqual([
      `mcp_obs_user=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax`,
    ])
    browser.cookies.set('mcp_obs_user', value)
    expect(await browser.whose()).toBeNull()
    expect(await sessions()).toHaveLength(0)
  })

  test('is extended in its second half, and not before', async () => {
    const browser = visit()
    await browser.signUp()
    const { owner } = world.database
    const lasts = async (days: number) => {
      await owner`update end_user_session set expires_at = now() + ${`${days} days`}::interval`
      const response = await browser.ask('/account')
      const [row] = await owner`
        select round(extract(epoch from expires_at - now()) / 86400) as days from end_user_session`
      return { days: Number(row?.days), set: response.headers.getSetCookie().length }
    }
    expect(await lasts(16)).toEqual({ days: 16, set: 0 })
    expect(await lasts(14)).toEqual({ days: 30, set: 1 })
    await owner`update end_user_session set expires_at = now() - interval '1 second'`
    expect(await browser.whose()).toBeNull()
  })

  test('ends with the account', async () => {
    const browser = visit()
    await browser.signUp()
    await world.database.owner`delete from end_user`
    expect(await browser.whose()).toBeNull()
  })

  test('of a server whose issuer is switched off opens nothing', async () => {
    const browser = visit()
    await browser.signUp()
    const { owner } = world.database
    const { slug } = browser.server
    await owner`update mcp_server set enabled = false where slug = ${slug}`
    const answers = [await browser.ask('/account'), await browser.ask('/sign-in')]
    await owner`update mcp_server set enabled = true where slug = ${slug}`
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
  })
})

describe('a session of one server', () => {
  test('is nothing at another, whose namesake has an account with the same password', async () => {
    const [here, there] = [visit(), new Browser(world, world.southwind.servers.platform)]
    await here.signUp()
    await there.signUp()
    const cookie = `mcp_obs_user=${here.cookies.get('mcp_obs_user')}`
    const asked = await there.ask('/account', { cookie })
    expect(locationOf(asked)).toBe(`/s/${there.server.slug}/sign-in`)
    // Signing out there with it ends nothing here.
    await there.ask('/sign-out', { cookie, form: { request: '' } })
    expect(await here.whose()).toBe(person.email)
  })

  test('opens nothing of the dashboard, and staff’s opens nothing here', async () => {
    const browser = visit()
    await browser.signUp()
    const value = browser.cookies.get('mcp_obs_user')
    for (const name of ['mcp_obs_user', 'mcp_obs_session'])
      expect(locationOf(await world.ask('/', { cookie: `${name}=${value}` }))).toStartWith(
        '/sign-in?',
      )
    const staff = await world.signIn(world.northwind.staff.email)
    const asked = await browser.ask('/account', { cookie: staff })
    expect(locationOf(asked)).toBe(`${path}/sign-in`)
    const asUser = staff.replace('mcp_obs_session', 'mcp_obs_user')
    expect((await browser.ask('/account', { cookie: asUser })).status).toBe(303)
  })
})
