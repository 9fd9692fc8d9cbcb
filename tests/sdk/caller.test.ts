import { afterAll, describe, expect, test } from 'bun:test'
import { newKey, openDesk } from './desk.ts'
import { introduce, type OpenWire, openWire, saying, transportNamed } from './wire.ts'

const desk = openDesk({ context: 'recent' })
afterAll(desk.close)
const options = () => ({ url: desk.url, key: newKey() })

const authInfo = { token: 't', extra: { iss: 'https://id.example', sub: 'alex' } }

/** What goes with a ticket that is raised now. */
async function attached(wire: OpenWire, ...how: [extra?: object | undefined, more?: object]) {
  const title = `Ticket ${Math.random()}`
  await wire.raise(title, ...(how as []))
  const raised = desk.received.find(({ ticket }) => ticket.title === title)
  return raised?.ticket.context?.calls.map((call) => call.error)
}

test('on a transport of its own a client that introduced itself once is one caller', async () => {
  const wire = await openWire(options())
  introduce(wire, 'alex')
  await wire.fail('of alex')
  expect(await attached(wire)).toEqual(['of alex'])
})

test('of two people over one broker, neither brings calls of the other', async () => {
  const wire = await openWire(options())
  introduce(wire, 'alex')
  await wire.fail('of alex')
  introduce(wire, 'sam')
  expect(await attached(wire)).toEqual([])
  await wire.fail('of sam')
  expect(await attached(wire)).toEqual([])
})

test('who calls without an introduction is not the one who introduces itself later', async () => {
  const wire = await openWire(options())
  await wire.fail('of alex')
  introduce(wire, 'sam')
  expect(await attached(wire)).toEqual([])
  await wire.fail('of sam')
  expect(await attached(wire)).toEqual([])
})

test('where clients introduce themselves in each call, nobody knows how many they are', async () => {
  const wire = await openWire(options())
  await wire.fail('of alex', undefined, saying('claude'))
  expect(await attached(wire, undefined, saying('claude'))).toEqual([])
})

test('a transport of its own that was open before may have more than one client', async () => {
  const wire = await openWire(options(), undefined, { late: true })
  introduce(wire, 'sam')
  await wire.fail('of alex')
  expect(await attached(wire)).toEqual([])
})

for (const name of ['StdioServerTransport', 'StdioConnectionChannel', 'InMemoryTransport'])
  test(`${name} is one caller, introduced in each call or before`, async () => {
    const modern = await openWire(options(), transportNamed(name))
    await modern.fail('by claude', undefined, saying('claude'))
    expect(await attached(modern, undefined, saying('claude'))).toEqual(['by claude'])
    const late = await openWire(options(), transportNamed(name), { late: true })
    await late.fail('late')
    expect(await attached(late)).toEqual(['late'])
  })

test('even there two introductions, or two clients by name, are more than one caller', async () => {
  const twice = await openWire(options(), transportNamed('StdioServerTransport'))
  introduce(twice, 'alex')
  await twice.fail('of alex')
  introduce(twice, 'sam')
  expect(await attached(twice)).toEqual([])

  const named = await openWire(options(), transportNamed('StdioServerTransport'))
  await named.fail('of alex', undefined, saying('claude'))
  expect(await attached(named, undefined, saying('cursor'))).toEqual([])
  expect(await attached(named, undefined, saying('claude'))).toEqual([])
})

test('where a sign-in comes and goes, only the signed-in are told apart', async () => {
  const wire = await openWire(options(), transportNamed('InMemoryTransport'))
  introduce(wire, 'one')
  await wire.fail('of nobody')
  await wire.fail('of alex', { authInfo })
  expect(await attached(wire)).toEqual([])
  expect(await attached(wire, { authInfo })).toEqual(['of alex'])
})

describe('the session that a ticket names', () => {
  const named = async (wire: OpenWire, extra?: object, more: object = {}) => {
    const title = `Ticket ${Math.random()}`
    await wire.raise(title, extra, more as never)
    const raised = desk.received.find(({ ticket }) => ticket.title === title)
    return raised?.ticket.context?.sessionId
  }

  test('stays the same for one client alone on a connection, and is another on the next', async () => {
    const one = await openWire(options(), transportNamed('StdioServerTransport'))
    introduce(one, 'alex')
    const first = await named(one)
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(await named(one)).toBe(first)
    const next = await openWire(options(), transportNamed('StdioServerTransport'))
    introduce(next, 'alex')
    expect(await named(next)).not.toBe(first)
  })

  test('is none once a broker brings another, on any kind of transport', async () => {
    for (const name of ['BrokerTransport', 'StdioServerTransport']) {
      const wire = await openWire(options(), transportNamed(name))
      introduce(wire, 'alex')
      expect(await named(wire)).toBeString()
      introduce(wire, 'sam')
      expect(await named(wire)).toBeUndefined()
    }
    const unknown = await openWire(options())
    expect(await named(unknown, undefined, saying('claude'))).toBeUndefined()
    const late = await openWire(options(), undefined, { late: true })
    introduce(late, 'sam')
    expect(await named(late)).toBeUndefined()
  })

  test('is none of people who sign in over one connection', async () => {
    const wire = await openWire(options())
    introduce(wire, 'gateway')
    expect(await named(wire, { authInfo })).toBeUndefined()
  })

  test('is another for each of the people who sign in over one transport', async () => {
    const transport = Object.assign(transportNamed('GatewayTransport'), { sessionId: 's-1' })
    const wire = await openWire(options(), transport)
    const by = (sub: string) => ({ authInfo: { token: 't', extra: { ...authInfo.extra, sub } } })
    const alex = await named(wire, by('alex'))
    const sam = await named(wire, by('sam'))
    const nobody = await named(wire)
    for (const session of [alex, sam, nobody]) expect(session).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set([alex, sam, nobody]).size).toBe(3)
    expect(await named(wire, by('alex'))).toBe(`${alex}`)
  })

  test('is none over HTTP without sessions', async () => {
    const wire = await openWire(options())
    introduce(wire, 'one')
    expect(await named(wire, { requestInfo: { headers: {} } })).toBeUndefined()
  })
})
