import { afterAll, beforeAll, expect, test } from 'bun:test'
import { scopeTo } from '#src/db/scope.ts'
import { deleteServer } from '#src/servers/deleting.ts'
import { findServer, serversWithActivity, ticketCount } from '#src/servers/queries.ts'
import { changeSettings, type ServerSettings, setEnabled } from '#src/servers/settings.ts'
import { register } from '../../sdk/src/register.ts'
import { timing } from '../../sdk/src/timing.ts'
import { connectInMemory, docuApiServer, names } from '../sdk/hosts.ts'
import { listen } from '../web/listening.ts'
import { makeWorld, type TestServer, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const settings: ServerSettings = {
  name: 'DocuAPI',
  auth: 'none',
  support: true,
  title: 'Ask us',
  description: 'Anything about DocuAPI.',
  categories: ['Billing', 'other', 'Billing'],
  context: 'call',
}
const found = async ({ slug }: TestServer) => {
  const server = await findServer(world.northwind.scope, slug)
  if (!server) throw new Error('gone')
  return server
}
const change = async (server: TestServer, change: Partial<ServerSettings>) =>
  changeSettings(world.northwind.scope, (await found(server)).id, { ...settings, ...change })

test('a running server gets the second tool where it is chosen, and only with the first', async () => {
  const { none } = world.northwind.servers
  const server = docuApiServer()
  const { config } = world.desk
  const served = await listen(world.desk, {})
  const url = `${served.origin}/s/${none.slug}`
  const handle = register(server, { url, key: none.key }, { ...timing, settingsFreshMs: 0 })
  const client = await connectInMemory(server)
  const has = async () => (await names(client)).includes('check_support_ticket')

  expect(await has()).toBe(false)
  const chosen = [
    [{ check: true }, true],
    [{ check: true, support: false }, false],
    [{ check: true, context: 'off' }, false],
    [{ check: true }, true],
    [{}, false],
  ] as const
  for (const [settings, shown] of chosen) {
    await change(none, settings)
    expect([settings, await has()]).toEqual([settings, shown])
  }
  await change(none, { title: 'Get support' })
  await handle.close()
  await served.stop()
  world.desk.config = config
})

test('a running server’s tool goes and comes back, and shows new words, without a restart', async () => {
  const { none } = world.northwind.servers
  const server = docuApiServer()
  const { config } = world.desk
  const served = await listen(world.desk, {})
  const url = `${served.origin}/s/${none.slug}`
  const handle = register(server, { url, key: none.key }, { ...timing, settingsFreshMs: 0 })
  const client = await connectInMemory(server)
  const tool = async () =>
    (await client.listTools()).tools.find(({ name }) => name === 'get_support_tool')

  expect((await tool())?.title).toBe('Get support')
  await change(none, { support: false })
  expect(await tool()).toBeUndefined()
  await change(none, {})
  expect(await tool()).toMatchObject({
    title: 'Ask us',
    inputSchema: { properties: { category: { enum: ['Billing', 'Other'] } } },
  })
  await handle.close()
  await served.stop()
  world.desk.config = config
})

test('a disabled server answers as if it did not exist', async () => {
  const { quiet } = world.northwind.servers
  const ask = () => world.ask(`/s/${quiet.slug}/trpc/support.settings`, { key: quiet.key })
  const { id } = await found(quiet)
  await setEnabled(world.northwind.scope, id, false)
  expect((await ask()).status).toBe(401)
  await setEnabled(world.northwind.scope, id, true)
  expect((await ask()).status).toBe(200)
})

test('settings of another organization’s server stay as they are', async () => {
  const theirs = await findServer(world.southwind.scope, world.southwind.servers.none.slug)
  await changeSettings(world.northwind.scope, theirs?.id ?? '', { ...settings, name: 'Taken' })
  const after = await findServer(world.southwind.scope, theirs?.slug ?? '')
  expect(after).toEqual(theirs)
})

test('the list says how much goes on at each server', async () => {
  const { external } = world.northwind.servers
  await world.file(external)
  const servers = await serversWithActivity(world.northwind.scope)
  expect(servers.map(({ slug, liveTickets }) => [slug, liveTickets])).toEqual([
    [external.slug, 1],
    [world.northwind.servers.none.slug, 0],
    [world.northwind.servers.quiet.slug, 0],
    [world.northwind.servers.platform.slug, 0],
  ])
})

test('a server goes with more tickets than a request may usually wait for', async () => {
  const { scope, servers } = world.northwind
  const { owner, appRole, name } = world.database
  const server = await found(servers.quiet)
  await owner.unsafe(
    `insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
       category, reporter_proof, trail, idempotency_key, request_hash, raised_at, created_at, updated_at)
     select organization_id, gen_random_uuid(), 1000 + n, id, 'T', 'D', 'Bug', 'email', '', 'k' || n,
       '\\x00', now(), now(), now() from mcp_server, generate_series(1, 40000) n where id = '${server.id}'`,
  )
  await owner.unsafe(`alter role ${appRole} in database ${name} set statement_timeout = '150ms'`)
  const impatient = await world.database.open()
  const result = await deleteServer(scopeTo(impatient, scope.organizationId), server, 'DocuAPI')
  await impatient.close()
  await owner.unsafe(`alter role ${appRole} in database ${name} reset statement_timeout`)
  expect(result).toEqual({ ok: true })
  expect(await ticketCount(scope, server.id)).toBe(0)
})

test('deleting a server takes its name, and its tickets and keys with it, and nothing else', async () => {
  const { scope, servers } = world.northwind
  const number = await world.file(servers.external)
  await world.file(world.southwind.servers.external)
  const server = await found(servers.external)
  expect(await deleteServer(scope, server, 'Something else')).toMatchObject({ ok: false })
  expect(await ticketCount(scope, server.id)).toBeGreaterThan(0)
  expect(await deleteServer(scope, server, ' DocuAPI ')).toEqual({ ok: true })
  const [left] = await world.database.owner`
    select (select count(*)::int from support_ticket where mcp_server_id = ${server.id}) as tickets,
           (select count(*)::int from server_key where mcp_server_id = ${server.id}) as keys,
           (select count(*)::int from mcp_server_slug where mcp_server_id = ${server.id}) as slugs,
           (select count(*)::int from support_ticket) as others`
  expect(left).toEqual({ tickets: 0, keys: 0, slugs: 0, others: 1 })
  expect(await world.file(servers.none)).toBe(number + 1)
})
