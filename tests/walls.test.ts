import { describe, expect, test } from 'bun:test'
import { createApp, routes } from '#src/app.ts'
import { requests } from './walls/requests.ts'
import { calls } from './walls/walk.ts'
import { walls } from './walls/walls.ts'

const its = walls()

/** Who need not prove anything to be let in; what they get, the handler decides. */
const strangers = ['anyone', 'visitor', 'OAuth client']

describe('the walk', () => {
  test('goes through every route of the map, each with a request', () => {
    const walked = new Set(calls.map(({ key }) => key))
    expect([...walked].sort()).toEqual(Object.keys(requests).sort())
    expect(new Set(calls.map(({ route }) => route))).toEqual(new Set(routes))
  })

  test('misses nothing that is mounted', () => {
    const mounted = createApp(its.world.desk).routes.map(({ method, path }) => `${method} ${path}`)
    const map = routes.flatMap(({ method, host, path, speaks }) => {
      const paths = [path]
      if (host === 'server' || host === 'canonical') paths.push(`/s/:slug${path}`)
      if (path.startsWith('/.well-known/')) paths.push(`${path}/s/:slug`)
      const methods = speaks === 'oauth' ? [method, 'OPTIONS'] : [method]
      return methods.flatMap((one) => paths.map((at) => `${one} ${at}`))
    })
    expect(mounted.sort()).toEqual([...new Set(map)].sort())
  })

  for (const call of calls.filter(({ route }) => strangers.includes(route.who)))
    test(`anyone may call ${call.name}`, async () => {
      const facts = await its.about(its.world.northwind)
      const { email } = its.world.northwind.staff
      const caller = call.path === '/sign-out' ? { cookie: await its.world.signIn(email) } : {}
      await its.granted(call, facts, caller)
    })
})

describe('of those signed in', () => {
  for (const call of calls.filter(({ route }) => route.who === 'signed in'))
    test(`${call.name} leads each to their own`, async () => {
      for (const organization of [its.world.northwind, its.world.southwind]) {
        const response = await its.granted(
          call,
          await its.about(organization),
          await its.sessionOf(organization),
        )
        const shown = `${response.headers.get('location')} ${await response.text()}`
        const places = shown.match(/\/(northwind|southwind)\/tickets/g)
        expect(new Set(places)).toEqual(new Set([`/${organization.slug}/tickets`]))
      }
      const facts = await its.about(its.world.northwind)
      for (const caller of [{}, { key: facts.server.key }])
        expect((await its.refused(call, facts, caller)).headers.location).toStartWith('/sign-in?')
    })
})

describe('of end-users', () => {
  const theirs = calls.filter(({ route }) => route.who === 'end-user')
  test('there are some', () => expect(theirs.length).toBeGreaterThan(3))

  for (const call of theirs)
    test(`${call.name} is for the end-user of this very server`, async () => {
      const { northwind, southwind } = its.world
      const facts = await its.about(northwind)
      const other = await its.about(southwind)
      const strangers = {
        nobody: {},
        'an end-user of the namesake': { cookie: other.endUserCookie },
        'its staff': await its.sessionOf(northwind),
        'its key': { key: northwind.servers.platform.key },
      }
      for (const [who, caller] of Object.entries(strangers)) {
        const { status, headers } = await its.refused(call, facts, caller)
        const { location } = headers
        const path = `/s/${northwind.servers.platform.slug}/sign-in`
        const expected =
          call.route.method === 'GET' ? { status: 303, location: path } : { status: 401 }
        expect({ who, status, location }).toMatchObject({ who, ...expected })
      }
      await its.granted(call, facts, { cookie: facts.endUserCookie })
    })
})
