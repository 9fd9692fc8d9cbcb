import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { limits } from '#sdk/limits.ts'
import { mount } from '#src/web/mount.ts'
import { anyone, type Route, route } from '#src/web/route.ts'
import { jsonOf, makeWorld, type World } from '../world.ts'
import { type Listening, listen, sendRaw, statusOf } from './listening.ts'

let world: World
let served: Listening
const logged: string[] = []
beforeAll(async () => {
  world = await makeWorld()
  world.desk.log = (...entry) => logged.push(JSON.stringify(entry))
  served = await listen(world.desk)
})
afterAll(async () => {
  await served.stop()
  await world.close()
})

describe('a handler that throws', () => {
  const secret = 'xyzzy-secret'
  const thrown: Record<string, unknown> = {
    'an error': new Error(`${secret} at /srv/desk/src/secret.ts`),
    'an error with a cause': new Error(secret, { cause: new Error(secret) }),
    'a text': secret,
    'an object that looks like an answer': { status: 200, message: secret, response: secret },
    'an error with a status': Object.assign(new Error(secret), { status: 418, code: 'NOT_FOUND' }),
    nothing: undefined,
  }
  for (const speaks of ['page', 'problem', 'trpc'] as const)
    for (const [what, value] of Object.entries(thrown))
      test(`${what} is a 500 in the words of a ${speaks} that tells nothing`, async () => {
        const boom = () => {
          throw value
        }
        const app = mount(world.desk, [route('GET', 'any', '/boom', anyone, boom, speaks)])
        const headers = { host: new URL(served.origin).host, accept: 'text/html' }
        const response = await app.handle(
          new Request(`${served.origin}/boom?submitted=${secret}`, { headers }),
        )
        const text = await response.text()
        expect(response.status).toBe(500)
        expect(text).not.toContain(secret)
        expect(text).not.toMatch(/\bat \/|\.tsx?\b|node_modules|submitted/)
        expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      })

  test('is written to the log once, with what was thrown', () => {
    const errors = logged.filter((line) => line.startsWith('["error"'))
    expect(errors).toHaveLength(3 * Object.keys(thrown).length)
    expect(errors[0]).toContain(secret)
    expect(errors.join()).not.toContain('submitted')
  })

  test('is the same through a socket: no page of the runtime’s own', async () => {
    const boom: Route = route('GET', 'any', '/boom', anyone, () => {
      throw new Error(secret)
    })
    const app = mount(world.desk, [boom])
    app.listen({ hostname: '127.0.0.1', port: 0, reusePort: false, development: false })
    const response = await fetch(`http://127.0.0.1:${app.server?.port}/boom`)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain(secret)
    await app.stop(true)
  })
})

describe('a path that no route has', () => {
  for (const path of [
    '/no/such/path',
    '/northwind',
    '/northwind/tickets/1/nothing',
    '/.env',
    '/assets/../src/main.ts',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%00',
    '/%',
    '/%E0%A4%A',
    '/\\..\\',
    '/s/',
    '/s//api/support',
    '/constructor/tickets',
    '/__proto__/trpc/__proto__',
    `/${'a'.repeat(4000)}`,
  ])
    test(`${path.slice(0, 40)} is refused without repeating it`, async () => {
      const host = new URL(served.origin).host
      const answer = await sendRaw(
        served.port,
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
      )
      expect(statusOf(answer)).toBeOneOf([303, 400, 401, 404])
      const [, body = ''] = answer.split('\r\n\r\n')
      if (path.length > 12) expect(body).not.toContain(path)
      expect(body).not.toMatch(/node_modules|\bat \/|"name":"mcp-obs"/)
    })

  test('is a problem for programs and a page for people', async () => {
    const host = new URL(served.origin).host
    const plain = await world.ask('/no/such', { host })
    expect(plain.headers.get('content-type')).toBe('application/problem+json')
    expect(await jsonOf(plain)).toMatchObject({ status: 404, code: 'not_found' })
    const page = await world.ask('/no/such', { host, headers: { accept: 'text/html,*/*' } })
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})

describe('a body', () => {
  const tooMany = limits.bodyBytesMax + 1
  const chunked = (path: string, headers: string, bytes: number) => {
    const chunk = `${(16_384).toString(16)}\r\n${'x'.repeat(16_384)}\r\n`
    const body = chunk.repeat(Math.ceil(bytes / 16_384))
    const host = new URL(served.origin).host
    return sendRaw(
      served.port,
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n${headers}Connection: close\r\n\r\n${body}0\r\n\r\n`,
    )
  }
  const places = () => {
    const { slug, key } = world.northwind.servers.none
    const auth = `Authorization: Bearer ${key}\r\n`
    return [
      [
        '/sign-in',
        'Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n',
      ],
      [`/s/${slug}/api/support`, `Content-Type: application/json\r\n${auth}`],
      [`/s/${slug}/trpc/support.createTicket`, `Content-Type: application/json\r\n${auth}`],
    ] as const
  }

  test('larger than the limit is 413, though its size is told by nobody', async () => {
    for (const [path, headers] of places())
      expect({ path, status: statusOf(await chunked(path, headers, tooMany)) }).toEqual({
        path,
        status: 413,
      })
  })

  test('larger than the limit is 413 by its announced size', async () => {
    for (const [path] of places()) {
      const { key } = world.northwind.servers.none
      const type = path === '/sign-in' ? 'application/x-www-form-urlencoded' : 'application/json'
      const raw = { body: 'x'.repeat(tooMany), type }
      const host = new URL(served.origin).host
      expect((await world.ask(path, { raw, key, host })).status).toBe(413)
    }
  })

  test('that nobody admitted is not read: a wrong key is refused first', async () => {
    const { slug } = world.northwind.servers.none
    const headers = 'Content-Type: application/json\r\nAuthorization: Bearer sk_wrong\r\n'
    expect(statusOf(await chunked(`/s/${slug}/api/support`, headers, tooMany))).toBe(401)
  })
})
