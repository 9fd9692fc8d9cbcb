import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { sweepPeople } from '#src/identity/people/sweeping.ts'
import { type Sink, startSink } from '../../mail/sink.ts'
import { plantGrant } from '../../servers/end-users.ts'
import { textOf, valuesOf } from '../../views/parse.ts'
import { makeWorld, type World } from '../../world.ts'
import { Browser, codeOf, forgetMails, locationOf, person } from './visiting.ts'

let world: World
let sink: Sink
let path: string
let ana: Browser
beforeAll(async () => {
  sink = await startSink()
  world = await makeWorld({ MCP_OBS_SMTP_URL: sink.url, MCP_OBS_MAIL_FROM: 'desk@support.example' })
  path = `/s/${world.northwind.servers.platform.slug}`
})
afterAll(async () => {
  await world.close()
  await sink.stop()
})
beforeEach(async () => {
  for (const table of ['end_user', 'oauth_client', 'rate_bucket'])
    await world.database.owner`delete from ${world.database.owner(table)}`
  ana = await signedUp()
})

const visit = () => new Browser(world, world.northwind.servers.platform)
/** Somebody with an account, its e-mail proven, in a browser of their own. */
async function signedUp(given: Partial<typeof person> = {}, server = visit().server) {
  const browser = new Browser(world, server)
  await forgetMails(sink)
  await browser.signUp(given)
  await browser.enter(await codeOf(sink))
  await forgetMails(sink)
  return browser
}
async function letIn(email = person.email) {
  const [of] = await world.database.owner`
    select organization_id as "organizationId", mcp_server_id as "serverId", id as "endUserId"
      from end_user where email = ${email}`
  return plantGrant(world, of as never)
}
const shown = async (browser = ana) => (await browser.ask('/account')).text()
const alive = () => world.database.owner`select id from oauth_grant where revoked_at is null`
const removal = (what: string) => ana.post(`/account/${what}/removal`, { any: '' })

describe('the account’s page', () => {
  test('says who one is, and is for who is signed in', async () => {
    const text = textOf(await shown())
    expect(text).toContain('Your account at DocuAPI')
    expect(text).toContain('Ana Lindqvist · ana@fjord.example Verified')
    expect(text).toContain('No app is signed in.')
    const stranger = await visit().ask('/account')
    expect([stranger.status, locationOf(stranger)]).toEqual([303, `${path}/sign-in`])
    expect((await ana.ask('/account')).headers.get('cache-control')).toBe('no-store')
  })

  test('lists the clients let in, each to be ended', async () => {
    const [first, second] = [await letIn(), await letIn()]
    const markup = await shown()
    expect(textOf(markup)).toContain('Claude Desktop')
    const ends = valuesOf(markup, 'form', 'action').filter((action) => action.includes('sign-ins'))
    expect(ends.sort()).toEqual(
      [first, second, ''].map((id) => `${path}/account/sign-ins/${id && `${id}/`}removal`).sort(),
    )
    expect(locationOf(await removal(`sign-ins/${first}`))).toBe(`${path}/account`)
    expect(await alive()).toEqual([{ id: second }] as never)
    expect((await removal(`sign-ins/${first}`)).status).toBe(404)
    await letIn()
    await removal('sign-ins')
    expect(await alive()).toHaveLength(0)
  })

  test('ends nobody else’s', async () => {
    await signedUp({ email: 'ben@fjord.example' })
    const namesake = await signedUp({}, world.southwind.servers.platform)
    await world.database.owner`delete from rate_bucket`
    const bens = await letIn('ben@fjord.example')
    const [bensSession] = await world.database.owner`
      select s.id from end_user_session s join end_user u on u.id = s.end_user_id
       where u.email = 'ben@fjord.example'`
    for (const id of [bens, 'any', `${bens}'`])
      expect((await removal(`sign-ins/${id}`)).status).toBe(404)
    expect((await removal(`browsers/${bensSession?.id}`)).status).toBe(404)
    await removal('sign-ins')
    await removal('browsers')
    expect(await alive()).toHaveLength(1)
    expect(await namesake.whose()).toBe(person.email)
    expect(textOf(await shown())).not.toContain('Claude')
  })

  test('lists the browsers, this one marked, each to be signed out', async () => {
    const other = visit()
    const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }
    await other.ask('/sign-in', { form: person, headers: firefox })
    const third = visit()
    await third.signIn()
    const markup = await shown()
    expect(textOf(markup)).toContain('Firefox on Linux')
    expect(textOf(markup).match(/This browser/g)).toHaveLength(1)
    const [row] = await world.database.owner`
      select id from end_user_session where user_agent like '%Firefox%'`
    expect((await removal(`browsers/${row?.id}`)).status).toBe(303)
    expect([await other.whose(), await third.whose()]).toEqual([null, person.email])
    await removal('browsers')
    expect([await third.whose(), await ana.whose()]).toEqual([null, person.email])
  })
})

describe('a password', () => {
  const next = 'a whole new password'
  const change = (form: Record<string, string>, browser = ana) =>
    browser.post('/account/password', form)

  test('is changed by who knows it, and ends all other sessions', async () => {
    const grant = await letIn()
    const other = visit()
    await other.signIn()
    const response = await change({ current: person.password, password: next })
    expect(locationOf(response)).toBe(`${path}/account?changed=password`)
    expect(textOf(await (await ana.ask('/account?changed=password')).text())).toContain(
      'in all other browsers. Apps stay signed in: end below those that should not.',
    )
    expect(await alive()).toEqual([{ id: grant }] as never)
    expect([await other.whose(), await ana.whose()]).toEqual([null, person.email])
    expect((await visit().signIn()).status).toBe(422)
    expect((await visit().signIn({ ...person, password: next })).status).toBe(303)
  })

  const wrong: [form: Record<string, string>, field: string][] = [
    [{ current: 'not this one', password: next }, 'current'],
    [{ current: '', password: next }, 'current'],
    [{ password: next }, 'current'],
    [{ current: person.password, password: 'ninechars' }, 'password'],
    [{ way: 'code', password: 'ninechars' }, 'password'],
  ]
  for (const [form, field] of wrong)
    test(`stays by ${JSON.stringify(form)}, refused beside ${field}`, async () => {
      const response = await change(form)
      expect(response.status).toBe(422)
      expect(valuesOf(await response.text(), 'span', 'id')).toContain(`${field}-problem`)
      expect(sink.mails).toHaveLength(0)
      expect((await visit().signIn()).status).toBe(303)
    })

  test('is not tried out here without limit', async () => {
    const answers: Response[] = []
    for (let n = 0; n < 10; n++) answers.push(await change({ current: 'guess', password: next }))
    expect(answers.map(({ status }) => status)).toEqual([...Array(8).fill(422), 429, 429])
    expect(Number(answers[9]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(valuesOf(await answers[9]?.text(), 'a', 'href')).toEqual([`${path}/account`])
  })

  test('that is forgotten is replaced by who reads the account’s mail, and all sessions and apps end', async () => {
    await letIn()
    const other = visit()
    await other.signIn()
    expect(locationOf(await change({ way: 'code', password: next }))).toBe(`${path}/sign-in/code`)
    expect((await visit().signIn({ ...person, password: next })).status).toBe(422)
    const done = await ana.enter(await codeOf(sink))
    expect(locationOf(done)).toBe(`${path}/account?changed=reset`)
    expect(textOf(await (await ana.ask('/account?changed=reset')).text())).toContain(
      'you are signed out in all other browsers and in all apps.',
    )
    expect(await alive()).toHaveLength(0)
    expect([await other.whose(), await ana.whose()]).toEqual([null, person.email])
    expect((await visit().signIn({ ...person, password: next })).status).toBe(303)
  })

  test('of an account that has none is set through its mail, not by a session alone', async () => {
    const { owner } = world.database
    await owner`update end_user set password_hash = null`
    expect(textOf(await shown())).toContain('You sign in with codes by mail.')
    expect(locationOf(await change({ password: next }))).toBe(`${path}/sign-in/code`)
    expect((await visit().signIn({ ...person, password: next })).status).toBe(422)
    await ana.enter(await codeOf(sink))
    expect((await visit().signIn({ ...person, password: next })).status).toBe(303)
  })

  test('is set at once where no mail is sent any more', async () => {
    const { config } = world.desk
    await world.database.owner`update end_user set password_hash = null`
    world.desk.config = { ...config, smtpUrl: undefined }
    const text = textOf(await shown())
    const response = await change({ password: next })
    const again = await change({ password: 'by somebody else' })
    world.desk.config = config
    expect(text).toContain('You have none')
    expect(locationOf(response)).toBe(`${path}/account?changed=password`)
    expect(again.status).toBe(422)
    expect((await visit().signIn({ ...person, password: next })).status).toBe(303)
  })
})

test('a refusal at a server’s pages leads to those, and to no dashboard', async () => {
  const links = async (response: Response) => [
    response.status,
    valuesOf(await response.text(), 'a', 'href'),
  ]
  const html = { accept: 'text/html' }
  expect(await links(await visit().post('/account/sign-ins/removal', { a: '' }))).toEqual([
    401,
    [`${path}/sign-in`],
  ])
  const foreign = { headers: { 'sec-fetch-site': 'cross-site' }, form: { a: '' } }
  expect(await links(await ana.ask('/sign-out', foreign))).toEqual([403, [`${path}/account`]])
  expect(await links(await ana.ask('/no/such', { headers: html }))).toEqual([404, []])
  expect(await links(await world.ask('/s/nowhere/sign-in'))).toEqual([404, []])
  const host = `${ana.server.slug}.localhost:3000`
  expect(await links(await world.ask('/no/such', { host, headers: html }))).toEqual([404, []])
})

test('expired sessions and codes are swept, and no others', async () => {
  const { owner } = world.database
  await visit().mailCode()
  const scope = world.northwind.scope
  const now = new Date()
  await sweepPeople(scope, now)
  const left = async () => [
    (await owner`select 1 from end_user_session`).length,
    (await owner`select 1 from mailed_code`).length,
  ]
  const before = await left()
  expect(Math.min(...before)).toBeGreaterThan(0)
  await sweepPeople(world.southwind.scope, new Date(now.getTime() + 31 * 86_400_000))
  expect(await left()).toEqual(before)
  await sweepPeople(scope, new Date(now.getTime() + 31 * 86_400_000))
  expect(await left()).toEqual([0, 0])
})
