import { afterEach, describe, expect, test } from 'bun:test'
import { createServer, type TLSSocket } from 'node:tls'
import { limits as defaults } from '#src/identity/clients/documents/limits.ts'
import { createDocumentReader } from '#src/identity/clients/documents/reading.ts'
import { toProblem } from '#src/web/problem.ts'
import { certificate, documentAt, openHost, resolvingTo, tls } from './hosts/host.ts'

const open: { close: () => unknown }[] = []
afterEach(() => {
  for (const host of open.splice(0)) host.close()
})

type Host = ReturnType<typeof openHost>
function host(answer: Parameters<typeof openHost>[0]): Host {
  const opened = openHost(answer)
  open.push(opened)
  return opened
}

const inside = { namesInside: ['apps.test', 'more.test'], ca: certificate }
const reader = (options: Parameters<typeof createDocumentReader>[0] = {}) =>
  createDocumentReader({ ...inside, resolve: resolvingTo(['127.0.0.1']).resolve, ...options })

/** What whoever follows the client's link is told. */
const refusal = (reading: Promise<unknown>) =>
  reading.then(
    () => 'it was read',
    (error) => toProblem(error).detail,
  )
const unreachable = 'The app’s description could not be read from its address.'

describe('a document', () => {
  test('says who the client is, asked for once, without anything but its address', async () => {
    const { at, requests } = host((request) => Response.json(documentAt(at(), { x: request.url })))
    const { described, freshMs } = await reader()(at())
    expect(described).toEqual({
      name: 'Night Owl',
      redirectUris: ['http://127.0.0.1/callback'],
      grantTypes: ['authorization_code', 'refresh_token'],
      authMethod: 'none',
    })
    expect(freshMs).toBe(600_000)
    const [request] = requests
    expect(requests).toHaveLength(1)
    expect(request?.headers.get('accept')).toBe('application/json')
    expect(request?.headers.get('host')).toBe(new URL(at()).host)
    for (const name of ['cookie', 'authorization', 'origin', 'referer'])
      expect(request?.headers.has(name)).toBeFalse()
  })

  const kept: [string, number][] = [
    ['max-age=60', 600],
    ['public, max-age=7200', 7_200],
    ['max-age="7200"', 7_200],
    ['s-maxage=1, MAX-AGE=3600', 3_600],
    ['max-age=99999999', 86_400],
    ['max-age=9999999999999999999', 86_400],
    ['no-store, max-age=7200', 600],
    ['no-cache, max-age=7200', 600],
    ['max-age=-7200', 600],
    ['immutable', 600],
  ]
  test.each(kept)('sent with Cache-Control %s stands %i seconds', async (control, seconds) => {
    const { at } = host(() =>
      Response.json(documentAt(at()), { headers: { 'cache-control': control } }),
    )
    expect((await reader()(at())).freshMs).toBe(seconds * 1000)
  })

  test('may be of a type that is more specific than JSON', async () => {
    const { at } = host(
      () =>
        new Response(JSON.stringify(documentAt(at())), {
          headers: { 'content-type': 'application/cimd+json; charset=utf-8' },
        }),
    )
    expect((await reader()(at())).described.name).toBe('Night Owl')
  })

  test('is told by its port and query too', async () => {
    const { at } = host((request) => Response.json(documentAt(request.url)))
    const id = at('/client.json?v=2')
    const named = host(() => Response.json(documentAt(id)))
    const there = id.replace(/:\d+/, `:${named.port}`)
    expect(await refusal(reader()(there))).toContain('lacks its client_id')
  })
})

describe('a document is refused that', () => {
  const answers: [string, (at: string) => Response, string][] = [
    ['is not there', () => new Response('no', { status: 404 }), 'not at its address'],
    ['is elsewhere', () => Response.redirect('https://more.test/', 302), 'not at its address'],
    ['is there by another code', (at) => Response.json(documentAt(at), { status: 203 }), 'not at'],
    [
      'is a page',
      () => new Response('{}', { headers: { 'content-type': 'text/html' } }),
      'as JSON',
    ],
    [
      'is no JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      'not JSON',
    ],
    ['is a list', () => Response.json([]), 'lacks its client_id'],
    ['is nothing', () => Response.json(null), 'lacks its client_id'],
    ['is of another client', (at) => Response.json(documentAt(`${at}x`)), 'lacks its client_id'],
    ['is of a client like it', (at) => Response.json(documentAt(`${at}/`)), 'lacks its client_id'],
    ['has no name', (at) => Response.json(documentAt(at, { client_name: '' })), 'client_name'],
    [
      'has a long name',
      (at) => Response.json(documentAt(at, { client_name: 'x'.repeat(101) })),
      'client_name: has 100',
    ],
    [
      'has no way back',
      (at) => Response.json(documentAt(at, { redirect_uris: [] })),
      'redirect_uris',
    ],
    [
      'goes back to a script',
      (at) => Response.json(documentAt(at, { redirect_uris: ['javascript:alert(1)'] })),
      'redirect_uris',
    ],
    [
      'holds a secret',
      (at) => Response.json(documentAt(at, { client_secret: 's' })),
      'holds a secret',
    ],
    [
      'holds when a secret ends',
      (at) => Response.json(documentAt(at, { client_secret_expires_at: 0 })),
      'holds a secret',
    ],
    [
      'holds a private key',
      (at) => Response.json(documentAt(at, { jwks: { keys: [{ kty: 'EC', d: 'x' }] } })),
      'holds a secret',
    ],
    [
      'authenticates by a secret',
      (at) => Response.json(documentAt(at, { token_endpoint_auth_method: 'client_secret_post' })),
      'not offered',
    ],
    [
      'authenticates by a key',
      (at) => Response.json(documentAt(at, { token_endpoint_auth_method: 'private_key_jwt' })),
      'not in order',
    ],
    [
      'says how long it is',
      (at) => Response.json(documentAt(at, { pad: 'x'.repeat(5_000) })),
      '5120 bytes',
    ],
  ]
  test.each(answers)('%s', async (_, answer, says) => {
    const { at, requests } = host(() => answer(at()))
    const told = await refusal(reader()(at()))
    expect(told).toContain(says)
    expect(told).not.toContain('alert')
    expect(requests).toHaveLength(1)
  })

  test('does not say how long it is, and never ends', async () => {
    let sent = 0
    const endless = () =>
      new ReadableStream({
        pull: (controller) => {
          sent += 1_024
          controller.enqueue(new Uint8Array(1_024).fill(32))
        },
      })
    const { at } = host(
      () => new Response(endless(), { headers: { 'content-type': 'application/json' } }),
    )
    expect(await refusal(reader()(at()))).toContain('5120 bytes')
    expect(sent).toBeLessThan(10_000_000)
  })

  test.each([
    ['never answers', () => new Promise<Response>(() => {})],
    [
      'comes a byte at a time',
      () =>
        new Response(
          new ReadableStream({
            pull: async (controller) => {
              await Bun.sleep(20)
              controller.enqueue(new Uint8Array([32]))
            },
          }),
          { headers: { 'content-type': 'application/json' } },
        ),
    ],
  ])('%s', async (_, answer) => {
    const { at } = host(answer)
    const limits = { ...defaults, readMs: 200 }
    expect(await refusal(reader({ limits })(at()))).toBe(unreachable)
  })

  test.each([
    ['speaks no HTTP', (socket: TLSSocket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
    [
      'has headers without an end',
      (socket: TLSSocket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const more = setInterval(() => socket.write(`x-pad: ${'x'.repeat(8_000)}\r\n`), 1)
        socket.on('close', () => clearInterval(more))
      },
    ],
    [
      'breaks off',
      (socket: TLSSocket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"a":1}',
        ),
    ],
  ])('is of a host that %s', async (_, answer) => {
    const server = createServer(tls, (socket) => {
      socket.on('error', () => {})
      answer(socket)
    })
    open.push({ close: () => server.close() })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as { port: number }
    const limits = { ...defaults, readMs: 2_000 }
    expect(await refusal(reader({ limits })(`https://apps.test:${port}/client.json`))).toBe(
      unreachable,
    )
  })
})

describe('nothing is read', () => {
  const good = () => host((request) => Response.json(documentAt(request.url)))

  const answers: [string, string[]][] = [
    ['at this machine', ['127.0.0.1']],
    ['at this machine, by IPv6', ['::1']],
    ['at this machine, as mapped IPv4', ['::ffff:127.0.0.1']],
    ['at the services of a cloud', ['169.254.169.254']],
    ['inside of a network', ['10.0.0.5']],
    ['at a public address and this machine', ['192.31.196.1', '127.0.0.1']],
    ['at this machine and a public address', ['127.0.0.1', '192.31.196.1']],
    ['nowhere', []],
    ['at what is no address', ['localhost']],
  ]
  test.each(answers)('of a name that leads %s', async (_, addresses) => {
    const { at, requests } = good()
    const { resolve } = resolvingTo(addresses)
    const read = createDocumentReader({ resolve, ca: certificate })
    expect(await refusal(read(at()))).toBe(unreachable)
    expect(requests).toEqual([])
  })

  test('of localhost, as this machine knows it', async () => {
    const { at, requests } = good()
    const read = createDocumentReader({ ca: certificate })
    expect(await refusal(read(at('/client.json', 'localhost')))).toBe(unreachable)
    expect(requests).toEqual([])
  })

  test('of a name inside that was not named to be', async () => {
    const { at, requests } = good()
    const read = reader({ namesInside: ['more.test'] })
    expect(await refusal(read(at()))).toBe(unreachable)
    expect(await refusal(read(at('/client.json', 'a.more.test')))).toBe(unreachable)
    expect(requests).toEqual([])
  })

  test('from a host whose certificate is another’s, or of nobody who is trusted', async () => {
    const { at, requests } = good()
    const named = reader({ namesInside: ['other.test'] })
    expect(await refusal(named(at('/client.json', 'other.test')))).toBe(unreachable)
    const strict = createDocumentReader({
      namesInside: inside.namesInside,
      resolve: resolvingTo(['127.0.0.1']).resolve,
    })
    expect(await refusal(strict(at()))).toBe(unreachable)
    expect(requests).toEqual([])
  })

  test('through a proxy of the environment', async () => {
    const { at, requests } = good()
    const proxy = Bun.listen({
      hostname: '127.0.0.1',
      port: 0,
      socket: {
        data: (socket) => {
          socket.end()
        },
      },
    })
    open.push({ close: () => proxy.stop(true) })
    const before = process.env.HTTPS_PROXY
    process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`
    await reader()(at())
    if (before === undefined) delete process.env.HTTPS_PROXY
    else process.env.HTTPS_PROXY = before
    expect(requests).toHaveLength(1)
  })

  test('where a name leads after it was looked at: it is looked up once', async () => {
    const { at, requests } = good()
    // A sink of the internet (RFC 7535), where nothing answers by TLS.
    const rebinding = resolvingTo(['192.31.196.1'], ['127.0.0.1'])
    const limits = { ...defaults, readMs: 300 }
    const read = createDocumentReader({ resolve: rebinding.resolve, ca: certificate, limits })
    expect(await refusal(read(at()))).toBe(unreachable)
    expect(rebinding.asked).toEqual(['apps.test'])
    expect(requests).toEqual([])
    const steady = resolvingTo(['127.0.0.1'], ['10.0.0.5'])
    await reader({ resolve: steady.resolve })(at())
    expect(steady.asked).toEqual(['apps.test'])
    expect(requests).toHaveLength(1)
  })

  test('while a name is looked up for too long', async () => {
    const limits = { ...defaults, readMs: 100 }
    const read = reader({ limits, resolve: () => new Promise(() => {}) })
    expect(await refusal(read('https://apps.test/client.json'))).toBe(unreachable)
  })
})
