import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { SupportSettings } from '#sdk/contract.ts'
import { serverAddress } from '#src/web/host.ts'
import { jsonOf, makeWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const json = { title: 'Search fails', description: 'Every search ends in 403.' }

test('a ticket is taken on the host form, the path form, the spec’s path and over tRPC', async () => {
  const { slug, key } = world.northwind.servers.none
  const host = `${slug}.localhost:3000`
  const file = async (path: string, at?: string) => {
    const email = `r${Math.random()}@fjord.example`
    const response = await world.ask(path, {
      key,
      json: { ...json, email },
      ...(at && { host: at }),
    })
    return response.ok
  }
  expect(await file('/api/support', host)).toBe(true)
  expect(await file(`/s/${slug}/api/support`)).toBe(true)
  expect(await file(`/api/support/${slug}`)).toBe(true)
  expect(await file('/trpc/support.createTicket', host)).toBe(true)
  expect(await file(`/s/${slug}/trpc/support.createTicket`)).toBe(true)
  expect(await file('/api/support')).toBe(false)
})

test('tRPC makes one ticket of one idempotency key, and carries problem codes', async () => {
  const { slug, key } = world.northwind.servers.none
  const call = (input: Record<string, unknown>, headers = {}) =>
    world.ask(`/s/${slug}/trpc/support.createTicket`, { key, json: input, headers })
  const once = { ...json, email: 'trpc@fjord.example' }
  const headers = { 'idempotency-key': 'over-trpc' }
  const [first, again] = [await call(once, headers), await call(once, headers)]
  expect(await jsonOf(again)).toEqual(await jsonOf(first))
  const conflict = await call({ ...once, title: 'Another' }, headers)
  expect(conflict.status).toBe(409)
  expect(await jsonOf(conflict)).toMatchObject({
    error: { data: { code: 'idempotency_conflict', httpStatus: 409 } },
  })
  const invalid = await call({ ...once, title: '' })
  expect(await jsonOf(invalid)).toMatchObject({
    error: { data: { code: 'input_invalid', fields: [{ field: 'title' }] } },
  })
  const unknown = await world.ask(`/s/${slug}/trpc/support.gone`, { key, json: {} })
  expect(unknown.status).toBe(404)
})

test('settings say what staff chose, also that support is off', async () => {
  const settings = async ({ slug, key }: { slug: string; key: string }) => {
    const response = await world.ask(`/s/${slug}/trpc/support.settings`, { key })
    return (await jsonOf<{ result: { data: SupportSettings } }>(response)).result.data
  }
  const { none, external, quiet } = world.northwind.servers
  expect(await settings(none)).toEqual({
    enabled: true,
    title: 'Get support',
    description: 'Report issues or ask questions',
    categories: ['Bug', 'Question', 'Feature request', 'Other'],
    auth: 'none',
    context: 'recent',
    serverName: 'DocuAPI',
    claims: { email: 'email', name: 'name' },
    check: false,
  })
  expect(await settings(external)).toMatchObject({ auth: 'external' })
  expect(await settings(quiet)).toMatchObject({ enabled: false })
})

test('a revoked key and a disabled server are refused like an unknown one', async () => {
  const { slug, key } = world.southwind.servers.quiet
  const settings = () => world.ask(`/s/${slug}/trpc/support.settings`, { key })
  const { owner } = world.database
  expect((await settings()).status).toBe(200)
  await owner`update mcp_server set enabled = false where slug = ${slug}`
  expect((await settings()).status).toBe(401)
  await owner`update mcp_server set enabled = true where slug = ${slug}`
  await owner`update server_key set revoked_at = now()
    where mcp_server_id = (select id from mcp_server where slug = ${slug})`
  expect((await settings()).status).toBe(401)
})

test('the canonical address is the host form, or the path form where hosts have no names', () => {
  const at = (base: string) => serverAddress('docuapi', new URL(base))
  expect(at('https://desk.example.com')).toBe('https://docuapi.desk.example.com')
  expect(at('https://desk.example.com:8443')).toBe('https://docuapi.desk.example.com:8443')
  expect(at('http://localhost:3000')).toBe('http://localhost:3000/s/docuapi')
  expect(at('http://192.168.1.5:3000')).toBe('http://192.168.1.5:3000/s/docuapi')
  expect(at('http://[::1]:3000')).toBe('http://[::1]:3000/s/docuapi')
})
