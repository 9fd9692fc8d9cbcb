import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { placeOf } from '#src/web/host.ts'
import { makeWorld, type World } from '../world.ts'
import { type Listening, listen, sendRaw, statusOf } from './listening.ts'

let world: World
let desk: Listening
beforeAll(async () => {
  world = await makeWorld()
  desk = await listen(world.desk, { MCP_OBS_BASE_URL: 'https://desk.example' })
})
afterAll(async () => {
  await desk.stop()
  await world.close()
})

const get = (path: string, ...hosts: string[]) =>
  sendRaw(
    desk.port,
    `GET ${path} HTTP/1.1\r\n${hosts.map((host) => `Host:${host}\r\n`).join('')}Connection: close\r\n\r\n`,
  )

describe('the Host header', () => {
  for (const host of [
    'desk.example',
    'DESK.Example',
    'desk.example.',
    'desk.example:443',
    'desk.example:8080',
    'desk.example.:8080',
  ])
    test(`${host} is the dashboard`, async () => {
      const answer = await get('/sign-in', ` ${host}`)
      expect(statusOf(answer)).toBe(200)
    })

  test('of a server is the server, in any case and with any port', async () => {
    const { slug } = world.northwind.servers.none
    for (const host of [`${slug}.desk.example`, `${slug.toUpperCase()}.DESK.example.:81`]) {
      const answer = await get('/trpc/support.settings', ` ${host}`)
      expect(statusOf(answer)).toBe(401)
      expect(answer).toContain('key_invalid')
    }
  })

  for (const [what, host] of [
    ['another’s', 'evil.example'],
    ['one that ends like ours', 'evildesk.example'],
    ['one that begins like ours', 'desk.example.evil.example'],
    ['below a server’s', 'a.b.desk.example'],
    ['an address', '127.0.0.1'],
    ['an IPv6 address', '[::1]:3000'],
  ] as const)
    test(`${what} is no page of ours: 404 that names the desk and echoes nothing`, async () => {
      for (const path of ['/sign-in', '/northwind/tickets', '/s/docuapi-northwind/api/support']) {
        const answer = await get(path, ` ${host}`)
        expect(statusOf(answer)).toBe(404)
        expect(answer).not.toContain('evil')
      }
      expect(await get('/sign-in', ` ${host}`)).toContain('This desk is at https://desk.example.')
    })

  for (const [what, hosts] of [
    ['missing', []],
    ['empty', [' ']],
    ['doubled', [' desk.example', ' desk.example']],
    ['doubled with another', [' desk.example', ' evil.example']],
    ['a list', [' desk.example, evil.example']],
    ['a list without a space', [' desk.example,desk.example']],
    ['with a user', [' mira@desk.example']],
    ['with a path', [' desk.example/x']],
    ['with a query', [' desk.example?x']],
    ['with a space', [' desk .example']],
    ['with a port that can’t be', [' desk.example:99999']],
    ['with a port that is no number', [' desk.example:http']],
    ['with two ports', [' desk.example:1:2']],
    ['a cut IPv6 address', [' [::1']],
    ['no IPv6 address', [' [::g]']],
    ['with an underscore', [' desk_.example']],
    ['with a letter beyond ASCII', [' dësk.example']],
    ['with a percent sign', [' desk%2eexample']],
    ['an impossible IPv4 address', [' 1.2.3.999']],
    ['with an empty label', [' desk..example:70000']],
  ] as const)
    test(`${what} is a 400, on whichever path`, async () => {
      for (const path of ['/sign-in', '/healthz', '/northwind/tickets', '/assets/app.css']) {
        const answer = await get(path, ...hosts)
        expect({ path, status: statusOf(answer) }).toEqual({ path, status: 400 })
      }
      expect(statusOf(await get('/no/such/path/here', ...hosts))).toBeOneOf([400, 404])
    })

  test('has no say where the request line names another host', async () => {
    const bytes =
      'GET http://evil.example/sign-in?next=/x HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n'
    const answer = await sendRaw(desk.port, bytes)
    expect(statusOf(answer)).toBeOneOf([200, 400, 404])
    expect(answer).not.toContain('evil')
  })

  test('of others gets the health of the desk, for who watches it by address', async () => {
    expect(statusOf(await get('/healthz', ' 10.0.0.7:3000'))).toBe(200)
  })
})

test('a base URL with an IPv6 address is found by it', () => {
  const base = new URL('http://[::1]:3000')
  expect(placeOf('[::1]:3000', base)).toEqual({ kind: 'dashboard' })
  expect(placeOf('[::2]:3000', base)).toBeNull()
})
