import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { authenticateClient } from '#src/identity/clients/authenticating.ts'
import { limits as documentLimits } from '#src/identity/clients/documents/limits.ts'
import { createDocumentReader } from '#src/identity/clients/documents/reading.ts'
import { findClient } from '#src/identity/clients/finding.ts'
import { registerClient } from '#src/identity/clients/registering.ts'
import { OAuthError } from '#src/web/oauth.ts'
import { toProblem } from '#src/web/problem.ts'
import type { Desk } from '#src/web/route.ts'
import { plantEndUser } from '../../servers/end-users.ts'
import { makeWorld, type World } from '../../world.ts'
import { type Issuer, issuerOf } from '../issuers.ts'
import { certificate, documentAt, openHost, resolvingTo } from './hosts/host.ts'

let world: World
let desk: Desk
let issuer: Issuer
let elsewhere: Issuer
let answer: (id: string) => Response
let host: ReturnType<typeof openHost>
let read: ReturnType<typeof createDocumentReader>

beforeAll(async () => {
  world = await makeWorld({ MCP_OBS_CLIENT_METADATA: 'on' })
  desk = world.desk
  issuer = await issuerOf(desk, world.northwind.servers.platform)
  elsewhere = await issuerOf(desk, world.southwind.servers.platform)
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.owner`delete from attempt_bucket`
  answer = (id) => Response.json(documentAt(id))
  host = openHost(({ url }) => answer(url.replace('localhost', 'apps.test')))
  const { resolve } = resolvingTo(['127.0.0.1'])
  read = createDocumentReader({ namesInside: ['apps.test'], resolve, ca: certificate })
})
afterEach(() => host.close())

const find = (id: string, at = issuer) => findClient(desk, at, id, { read })
const age = (id: string) =>
  world.database
    .owner`update oauth_client set fresh_until = now() - interval '1 s' where id = ${id}`
const problemOf = (finding: Promise<unknown>) =>
  finding.then(
    () => new Error('it was found'),
    (error) => error,
  )

describe('a client with a document', () => {
  test('is read once, and again when it is no longer fresh', async () => {
    const id = host.at('/fresh.json')
    const first = await find(id)
    expect(first).toMatchObject({
      id,
      name: 'Night Owl',
      authMethod: 'none',
      secretHash: null,
      usedAt: null,
      redirectUris: ['http://127.0.0.1/callback'],
    })
    expect(await find(id)).toEqual(first)
    expect(host.requests).toHaveLength(1)
    await world.database.owner`update oauth_client set used_at = now() where id = ${id}`
    await age(id)
    answer = (at) =>
      Response.json(
        documentAt(at, { client_name: 'Day Owl', redirect_uris: ['https://a.example/'] }),
      )
    const second = await find(id)
    expect(second).toMatchObject({ name: 'Day Owl', redirectUris: ['https://a.example/'] })
    expect(second?.createdAt).toEqual(first?.createdAt as Date)
    expect(second?.usedAt).toBeInstanceOf(Date)
    expect(host.requests).toHaveLength(2)
  })

  test('is read for each server anew', async () => {
    const id = host.at('/both.json')
    await find(id)
    await find(id, elsewhere)
    expect(host.requests).toHaveLength(2)
    const rows = await world.database.owner`
      select organization_id from oauth_client where id = ${id} order by 1`
    expect(rows.map((row) => row.organization_id).sort()).toEqual(
      [issuer, elsewhere].map(({ scope }) => scope.organizationId).sort(),
    )
  })

  test('that many ask for at once is stored once', async () => {
    const id = host.at('/twice.json')
    const found = await Promise.all(Array.from({ length: 8 }, () => find(id)))
    expect(new Set(found.map((client) => client?.id))).toEqual(new Set([id]))
    expect(await world.database.owner`select 1 from oauth_client where id = ${id}`).toHaveLength(1)
  })

  test('whose host is away authorizes nobody anew, and ends no sign-in', async () => {
    const id = host.at('/away.json')
    await find(id)
    await age(id)
    answer = () => new Response('gone', { status: 503 })
    const problem = await problemOf(find(id))
    expect(problem).toBeInstanceOf(OAuthError)
    expect(problem.error).toBe('invalid_client')
    const asked = host.requests.length
    const form = new URLSearchParams({ client_id: id })
    const request = new Request(`${issuer.url}/token`, { method: 'POST' })
    expect((await authenticateClient(desk, issuer, request, form)).id).toBe(id)
    expect(await problemOf(authenticateClient(desk, elsewhere, request, form))).toMatchObject({
      error: 'invalid_client',
      status: 401,
    })
    expect(host.requests).toHaveLength(asked)
  })

  test('that is refused leaves nothing behind', async () => {
    const id = host.at('/bad.json')
    answer = () => Response.json({})
    expect(await problemOf(find(id))).toBeInstanceOf(OAuthError)
    expect(await world.database.owner`select 1 from oauth_client where id = ${id}`).toHaveLength(0)
  })

  test('is unknown where documents are switched off, also one that was read before', async () => {
    const id = host.at('/off.json')
    await find(id)
    const off = { ...desk, config: { ...desk.config, clientMetadata: 'off' as const } }
    expect(await findClient(off, issuer, id, { read })).toBeNull()
    expect(host.requests).toHaveLength(1)
  })
})

describe('an id is no address of a document', () => {
  /** Reads whatever it is asked to. */
  const willing = async () => ({
    described: { name: 'Owl', redirectUris: [], grantTypes: [], authMethod: 'none' as const },
    freshMs: 600_000,
  })
  const wrong = [
    'https://apps.test',
    'https://apps.test/',
    'https://apps.test/?a=1',
    'https://apps.test/a/../b.json',
    'https://apps.test/./b.json',
    'https://apps.test/%2e%2e/b.json',
    'https://apps.test/b.json#x',
    'https://apps.test/b.json#',
    'https://user@apps.test/b.json',
    'https://:@apps.test/b.json',
    'https://APPS.test/b.json',
    'https://apps.test./b.json',
    'https://apps.test/b c.json',
    'https://apps.test\\b.json',
    'https:///apps.test/b.json',
    'https://127.0.0.1/b.json',
    'https://[::1]/b.json',
    'https://2130706433/b.json',
    'https://0x7f.1/b.json',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/b.json',
    'https://vault-northwind.localhost/b.json',
    `https://apps.test/${'x'.repeat(2_000)}`,
    'https://apps.test:99999/b.json',
  ]
  test.each(wrong)('%j', async (id) => {
    const problem = await problemOf(findClient(desk, issuer, id, { read: willing }))
    expect(problem).toMatchObject({ error: 'invalid_client', status: 400 })
  })

  test.each([
    'http://apps.test/b.json',
    'HTTPS://apps.test/b.json',
    '',
    'c-1',
    'ftp://a.test/b',
    '\0',
  ])('%j, and of no client', async (id) => {
    expect(await findClient(desk, issuer, id, { read: willing })).toBeNull()
  })

  test('but with the default port it is one of its own', async () => {
    let asked = ''
    const reader = async (id: string) => {
      asked = id
      return {
        described: { name: 'Owl', redirectUris: [], grantTypes: [], authMethod: 'none' as const },
        freshMs: 1_000,
      }
    }
    const id = 'https://apps.test:443/b.json'
    expect((await findClient(desk, issuer, id, { read: reader }))?.id).toBe(id)
    expect(asked).toBe(id)
  })
})

test('a registered client is found at its server, and at no other', async () => {
  const redirectUris = ['http://127.0.0.1/cb']
  const said = { name: 'Owl', redirectUris, grantTypes: [], authMethod: 'none' as const }
  const { id } = await registerClient(issuer, said, new Date())
  expect(await find(id)).toMatchObject({ id, name: 'Owl' })
  expect(await find(id, elsewhere)).toBeNull()
})

test('who names many documents is told to wait, before they are read; what is known stays so', async () => {
  const known = host.at('/known.json')
  await find(known)
  let reads = 0
  const described = { name: 'Owl', redirectUris: [], grantTypes: [], authMethod: 'none' as const }
  const counting = async () => {
    reads++
    return { described, freshMs: 600_000 }
  }
  const name = (n: number, address: string) =>
    findClient(desk, issuer, `https://apps.test/${n}`, { read: counting, address })
  const statuses: number[] = []
  for (let n = 0; n < 23; n++)
    statuses.push(
      await name(n, '203.0.113.7').then(
        () => 200,
        (error) => toProblem(error).status,
      ),
    )
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200))
  expect(statuses.at(-1)).toBe(429)
  expect(reads).toBeLessThan(23)
  expect((await name(100, '203.0.113.8'))?.name).toBe('Owl')
  expect((await find(known))?.id).toBe(known)
})

describe('a document that is old, where reading is refused,', () => {
  const statusOf = (finding: Promise<unknown>) =>
    finding.then(
      () => 200,
      (error) => toProblem(error).status,
    )
  /** Somebody is signed in by a client at the first server. */
  const signIn = async (id: string) => {
    const { signIn: grant } = await plantEndUser(world, world.northwind)
    await world.database.owner`update oauth_grant set client_id = ${id} where id = ${grant}`
    return grant
  }

  test('is counted by the network that named it, and stands while somebody is signed in by it', async () => {
    const id = host.at('/aged.json')
    const from = async (address: string) => {
      await age(id)
      return statusOf(findClient(desk, issuer, id, { read, address }))
    }
    await find(id)
    const statuses: number[] = []
    for (let n = 0; n < 30 && statuses.at(-1) !== 429; n++) statuses.push(await from('203.0.113.7'))
    expect([statuses.length >= 21, statuses.at(-1)]).toEqual([true, 429])
    expect(host.requests).toHaveLength(statuses.length)
    expect(await from('203.0.113.8')).toBe(200)
    const grant = await signIn(id)
    const asked = host.requests.length
    expect(await from('203.0.113.7')).toBe(200)
    expect(host.requests).toHaveLength(asked)
    await world.database.owner`update oauth_grant set revoked_at = now() where id = ${grant}`
    expect(await from('203.0.113.7')).toBe(429)
  })

  test('stands for who is signed in by it where the desk reads too much, and at no other server', async () => {
    const id = host.at('/busy.json')
    await find(id)
    await find(id, elsewhere)
    await age(id)
    const { resolve } = resolvingTo(['127.0.0.1'])
    const limits = { ...documentLimits, readsAtOnce: 0 }
    const busy = createDocumentReader({ namesInside: ['apps.test'], resolve, limits })
    const findBusy = (at: Issuer) => findClient(desk, at, id, { read: busy })
    expect(await statusOf(findBusy(issuer))).toBe(429)
    await signIn(id)
    expect(await findBusy(issuer)).toMatchObject({ id, name: 'Night Owl' })
    expect(await statusOf(findBusy(elsewhere))).toBe(429)
  })

  test('is refused for what it says now, also where somebody is signed in by it', async () => {
    const id = host.at('/turned.json')
    await find(id)
    await signIn(id)
    await age(id)
    answer = () => Response.json({})
    expect(await statusOf(find(id))).toBe(400)
  })
})

test('also who does it by links to sign in, that nobody follows', async () => {
  const away = await makeWorld({
    MCP_OBS_CLIENT_METADATA: 'on',
    MCP_OBS_BASE_URL: 'https://desk.example',
  })
  const { platform } = away.northwind.servers
  const follow = async (path: string, n: number) => {
    const sent = new URLSearchParams({ client_id: `https://localhost:1/${n}` })
    const asked = path === '/authorize' ? sent : new URLSearchParams({ request: `${sent}` })
    const response = await away.ask(`${path}?${asked}`, { host: `${platform.slug}.desk.example` })
    return response.status
  }
  const statuses: number[] = []
  for (let n = 0; n < 21; n++) statuses.push(await follow('/authorize', n))
  expect(statuses).toEqual([...Array(20).fill(400), 429])
  expect(await follow('/sign-in', 30)).toBe(429)
  await away.close()
})
