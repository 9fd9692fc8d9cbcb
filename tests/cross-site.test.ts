import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Facts, factsAbout, plantSession } from './walls/facts.ts'
import { requests } from './walls/requests.ts'
import { rowVersions } from './walls/rows.ts'
import { type Call, calls, send, told } from './walls/walk.ts'
import { type Ask, baseUrl, makeWorld, type World } from './world.ts'

let world: World
let facts: Facts
let cookie: string
const rows = () => rowVersions(world.database.owner)

beforeAll(async () => {
  world = await makeWorld()
  facts = await factsAbout(world, world.northwind)
})
/** Some of what is taken ends sessions. */
const signInAgain = async () => {
  cookie = (await plantSession(world, world.northwind.staff.id)).cookie
}
afterAll(() => world.close())

/** As a browser with a session sends it, with these headers about where from. */
async function from(
  call: Call,
  headers: Record<string, string>,
  caller: Ask = { cookie },
  about = facts,
) {
  const response = await send(world, call, about, { ...caller, headers })
  return { ...(await told(response)), response }
}

const unsafe = calls.filter(({ route }) => route.method !== 'GET' && !route.cookieless)
const foreign: [name: string, headers: Record<string, string>][] = [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a server’s address', { 'sec-fetch-site': 'same-site' }],
  ['outside of any page', { 'sec-fetch-site': 'none' }],
  ['a site that says it is ours twice', { 'sec-fetch-site': 'same-origin, cross-site' }],
  ['another site that sends our Origin', { 'sec-fetch-site': 'cross-site', origin: baseUrl }],
  ['an old browser on another site', { origin: 'https://evil.example' }],
  ['an old browser on a server’s address', { origin: 'http://billing.localhost:3000' }],
  ['an old browser on another port', { origin: 'http://localhost:3001' }],
  ['an old browser on our name by https', { origin: 'https://localhost:3000' }],
  ['an old browser in a sandbox', { origin: 'null' }],
  ['who says nothing', {}],
]

describe('unsafe requests by session', () => {
  test('there are some', () => expect(unsafe.length).toBeGreaterThan(3))

  for (const call of unsafe)
    describe(call.name, () => {
      beforeAll(signInAgain)
      for (const [where, headers] of foreign)
        test(`from ${where} are refused, and change nothing`, async () => {
          const before = await rows()
          const site = { 'sec-fetch-site': '', ...headers }
          const { status, body, response } = await from(call, site)
          expect(status).toBe(403)
          expect(response.headers.get('set-cookie')).toBeNull()
          if (call.route.speaks === 'trpc') expect(body).toContain('"code":"cross_site"')
          expect(await rows()).toEqual(before)
        })

      for (const [where, headers] of [
        ['our own page', { 'sec-fetch-site': 'same-origin' }],
        ['our own page in an old browser', { 'sec-fetch-site': '', origin: baseUrl }],
      ] as const)
        test(`from ${where} are taken`, async () => {
          const { answers = 0 } = requests[call.key] ?? {}
          const about = await factsAbout(world, world.northwind)
          const caller =
            call.route.who === 'end-user'
              ? { cookie: about.endUserCookie }
              : await plantSession(world, world.northwind.staff.id)
          expect((await from(call, headers, caller, about)).status).toBe(answers)
        })
    })
})

describe('procedures', () => {
  beforeAll(signInAgain)
  const mutations = calls.filter(({ route }) => route.speaks === 'trpc' && route.method !== 'GET')
  for (const call of mutations)
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'text/plain',
      'text/plain; application/json',
      'application/jsonp',
      'application/octet-stream',
      '',
    ])
      test(`${call.name} does not read ${type || 'an unnamed type'}`, async () => {
        const before = await rows()
        const { number } = facts
        const body = JSON.stringify({ number, status: 'closed', title: 'Form', description: 'x' })
        const { status } = await from(
          call,
          { 'sec-fetch-site': 'same-origin' },
          { json: undefined, raw: { body, type }, cookie, key: facts.server.key },
        )
        expect(status).toBe(400)
        expect(await rows()).toEqual(before)
      })
})

describe('requests by key', () => {
  for (const call of calls.filter(({ route }) => route.cookieless)) {
    for (const headers of [{ 'sec-fetch-site': '' }, { 'sec-fetch-site': 'cross-site' }])
      test(`${call.name} is taken from a program that says ${JSON.stringify(headers)}`, async () => {
        const about = await factsAbout(world, world.northwind)
        const { platform } = about.organization.servers
        const { key } = call.route.host === 'canonical' ? platform : about.server
        const { status } = await from(call, headers, { key }, about)
        expect(status).toBe(requests[call.key]?.answers ?? 0)
      })

    test(`${call.name} never reads the session`, async () => {
      const { owner } = world.database
      const caller = { cookie: await world.signIn(world.northwind.staff.email) }
      const session = () => owner`select xmin, id, expires_at from session order by id`
      // In its second half, where reading a session extends it.
      await owner`update session set expires_at = now() + interval '1 day'`
      const before = await session()
      for (const key of [facts.server.key, 'sk_wrong']) {
        const { response } = await from(call, {}, { ...caller, key })
        expect(response.headers.get('set-cookie')).toBeNull()
      }
      expect(await session()).toEqual(before)
      const read = await world.ask('/northwind/tickets', caller)
      expect(read.headers.get('set-cookie')).toContain('mcp_obs_session=')
      expect(await session()).not.toEqual(before)
    })
  }
})
