import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { textOf, valuesOf } from '../../views/parse.ts'
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
  await visit().signUp()
})

const visit = () => new Browser(world, world.northwind.servers.platform)
const wrong = { ...person, password: 'not this password' }
const nobody = { ...person, email: 'nobody@fjord.example' }

describe('signing in with a password', () => {
  test('is an ordinary form with the server’s name, and leads to the account', async () => {
    const browser = visit()
    const shown = await (await browser.ask('/sign-in')).text()
    expect(shown).toContain('<title>Sign in to DocuAPI</title>')
    expect(textOf(shown)).toContain('ask the company behind DocuAPI')
    expect(valuesOf(shown, 'form', 'action')).toEqual([`${path}/sign-in`])
    expect(valuesOf(shown, 'a', 'href')).toEqual([`${path}/sign-up`])
    expect(valuesOf(shown, 'input', 'autocomplete')).toEqual(['username', 'current-password'])
    const email = ` ${person.email.toUpperCase()} `
    expect(locationOf(await browser.signIn({ ...person, email }))).toBe(`${path}/account`)
    expect(await browser.whose()).toBe(person.email)
    expect(locationOf(await browser.ask('/sign-in'))).toBe(`${path}/account`)
  })

  test('is refused in the same words for a wrong password and an unknown e-mail', async () => {
    const told = async (given: typeof person) => {
      const response = await visit().signIn(given)
      const { status } = response
      const headers = [...response.headers].sort()
      return { status, headers, body: (await response.text()).replaceAll(given.email, 'EMAIL') }
    }
    const refused = await told(wrong)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('That e-mail and password don’t belong together.')
    expect(refused.body).not.toContain(wrong.password)
    expect(await told(nobody)).toEqual(refused)
    // Of an account without a password, which signs in by mail.
    await world.database.owner`update end_user set password_hash = null`
    expect(await told(person)).toEqual(refused)
  })

  test('of another server’s account is refused', async () => {
    const other = new Browser(world, world.southwind.servers.platform)
    expect((await other.signIn()).status).toBe(422)
  })

  test('finds no code to be mailed where the desk sends no mail', async () => {
    expect((await visit().mailCode()).status).toBe(404)
    expect(locationOf(await visit().ask('/sign-in/code'))).toBe(`${path}/sign-in`)
    expect((await visit().enter('12345678')).status).toBe(422)
  })

  test('is refused when the password is replaced while it is looked at', async () => {
    const { owner } = world.database
    const [first] = await owner`select password_hash from end_user`
    const lock = await owner.reserve()
    await lock`begin`
    await lock`update end_user set password_hash = 'another'`
    const answer = visit().signIn()
    // It has compared the old one by the time it waits for the row.
    for (let waits = 0; waits === 0; ) {
      const [row] = await owner`select count(*)::int as n from pg_locks where not granted`
      waits = row?.n
      await Bun.sleep(5)
    }
    await lock`commit`
    lock.release()
    expect((await answer).status).toBe(422)
    expect(await owner`select 1 from end_user_session where user_agent = ''`).toHaveLength(1)
    await owner`update end_user set password_hash = ${first?.password_hash}`
  })
})

describe('an authorization request', () => {
  const request = `client_id=nobody&state=${encodeURIComponent('a&b="c" ☃')}&resource=a&resource=b`
  const carried = new URLSearchParams(request).toString()
  const query = new URLSearchParams({ request })

  test('is carried along by the pages, and led on to by signing in and up', async () => {
    const browser = visit()
    for (const page of ['/sign-in', '/sign-up']) {
      const shown = await (await browser.ask(`${page}?${query}`)).text()
      expect(valuesOf(shown, 'input', 'value')).toEqual([carried])
      const [link = ''] = valuesOf(shown, 'a', 'href')
      expect(new URL(link, 'http://x').searchParams.get('request')).toBe(carried)
    }
    const refused = await browser.post('/sign-in', { ...wrong, request })
    expect(valuesOf(await refused.text(), 'input', 'value')).toEqual([carried, person.email])
    const onward = `${path}/authorize?${carried}`
    expect(locationOf(await browser.post('/sign-in', { ...person, request }))).toBe(onward)
    const fresh = { ...person, email: 'new@fjord.example', request }
    expect(locationOf(await visit().post('/sign-up', fresh))).toBe(onward)
    const left = await browser.post('/sign-out', { request })
    expect(locationOf(left)).toBe(`${path}/sign-in?${new URLSearchParams({ request: carried })}`)
  })

  test('asks who is signed in whether to go on as themselves', async () => {
    const browser = visit()
    await browser.signIn()
    const shown = await (await browser.ask(`/sign-in?${query}`)).text()
    expect(textOf(shown)).toContain('You are signed in as Ana Lindqvist .')
    expect(valuesOf(shown, 'a', 'href')[0]).toBe(`${path}/authorize?${carried}`)
  })

  test('leads nowhere but to this issuer, whatever it is', async () => {
    for (const hostile of [
      '//evil.example',
      '/../..//evil.example',
      '\r\nlocation: //evil',
      '%00',
    ]) {
      const response = await visit().post('/sign-in', { ...person, request: hostile })
      expect(locationOf(response)).toStartWith(`${path}/authorize?`)
      expect(new URL(locationOf(response), 'http://x').pathname).toBe(`${path}/authorize`)
    }
    const endless = await visit().post('/sign-in', { ...person, request: 'x'.repeat(9000) })
    expect(endless.status).toBe(400)
  })

  test('of a known client names it, and lets the forms end at its address', async () => {
    const [server] = await world.database.owner`
      select organization_id, id from mcp_server where slug = ${visit().server.slug}`
    await world.database.owner`
      insert into oauth_client (organization_id, mcp_server_id, id, name, redirect_uris,
        grant_types, auth_method, created_at)
      values (${server?.organization_id}, ${server?.id}, 'c-1', ${'\u202eClaude'},
        '{cursor://back,https://claude.example/back}', '{authorization_code}', 'none', now())
      on conflict do nothing`
    const at = async (redirect_uri: string) => {
      const query = new URLSearchParams({ client_id: 'c-1', redirect_uri })
      const response = await visit().ask(`/sign-in?${new URLSearchParams({ request: `${query}` })}`)
      const [actions] =
        /form-action [^;]*/.exec(response.headers.get('content-security-policy') ?? '') ?? []
      return { actions, names: textOf(await response.text()).includes('to go on to Claude ') }
    }
    const own = "form-action 'self'"
    expect(await at('cursor://back')).toEqual({ actions: `${own} cursor:`, names: true })
    expect(await at('https://claude.example/back')).toEqual({
      actions: `${own} https://claude.example`,
      names: true,
    })
    expect(await at('https://evil.example/back')).toEqual({ actions: own, names: false })
  })
})
