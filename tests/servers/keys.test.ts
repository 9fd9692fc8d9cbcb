import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { SupportSettings } from '#sdk/contract.ts'
import { addKey, listKeys, revokeKey } from '#src/servers/keys.ts'
import { findServer } from '#src/servers/queries.ts'
import { listen } from '../web/listening.ts'
import { jsonOf, makeWorld, reporter, type TestServer, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const idOf = async ({ slug }: TestServer, { scope } = world.northwind) =>
  (await findServer(scope, slug))?.id ?? ''
const made = async (server: TestServer, kind: 'secret' | 'publishable') => {
  const added = await addKey(world.northwind.scope, await idOf(server), kind)
  if (!added.ok) throw new Error(added.problem)
  return added.key
}
let reporters = 0
const post = ({ slug }: TestServer, key: string, more: Record<string, unknown> = {}) =>
  world.ask(`/s/${slug}/api/support`, {
    key,
    json: {
      title: 'Search fails',
      description: 'It ends in 403.',
      email: `k${reporters++}@fjord.example`,
      ...more,
    },
  })

test('a key is rotated under load without one refused ticket, and revoked for all at once', async () => {
  const { none } = world.northwind.servers
  const { scope } = world.northwind
  const workers = 4
  let current = none.key
  let done = false
  const answers: { key: string; status: number }[] = []
  const using = Array<string>(workers).fill('')
  const flow = Promise.all(
    using.map(async (_, n) => {
      while (!done) {
        const key = current
        answers.push({ key, status: (await post(none, key)).status })
        using[n] = key
        // Slower than a key's rate: what is refused here is refused for the key itself.
        await Bun.sleep(15)
      }
    }),
  )
  const allUse = async (key: string) => {
    while (using.some((used) => used !== key)) await Bun.sleep(5)
    await Bun.sleep(100)
  }
  await allUse(none.key)
  const next = await made(none, 'secret')
  await Bun.sleep(100)
  current = next
  await allUse(next)
  expect((await post(none, none.key)).status).toBe(201)
  const [, old] = await listKeys(scope, await idOf(none))
  expect(await revokeKey(scope, await idOf(none), old?.id ?? '')).toBe(true)
  const after = await Promise.all(Array.from({ length: 20 }, () => post(none, none.key)))
  await Bun.sleep(100)
  done = true
  await flow
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([401]))
  for (const key of [none.key, next])
    expect(answers.filter((answer) => answer.key === key).length).toBeGreaterThan(workers)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
})

test('a key that is revoked while its ticket still arrives files nothing', async () => {
  const { external } = world.southwind.servers
  const { config } = world.desk
  const served = await listen(world.desk)
  const rest = Promise.withResolvers<void>()
  const ticket = JSON.stringify({ title: 'Search fails', description: 'It ends in 403.', reporter })
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(ticket.slice(0, 20)))
      await rest.promise
      controller.enqueue(new TextEncoder().encode(ticket.slice(20)))
      controller.close()
    },
  })
  const answer = fetch(`${served.origin}/s/${external.slug}/api/support`, {
    method: 'POST',
    headers: { authorization: `Bearer ${external.key}`, 'content-type': 'application/json' },
    body,
  })
  const id = await idOf(external, world.southwind)
  const used = async () => (await listKeys(world.southwind.scope, id))[0]
  while (!(await used())?.lastUsedAt) await Bun.sleep(10)
  expect(await revokeKey(world.southwind.scope, id, (await used())?.id ?? '')).toBe(true)
  rest.resolve()
  expect((await answer).status).toBe(401)
  await served.stop()
  world.desk.config = config
  await world.database
    .owner`update server_key set revoked_at = null, last_used_at = null where mcp_server_id = ${id}`
})

test('at most two keys of a kind are active, also when they are asked for at once', async () => {
  const { quiet } = world.northwind.servers
  const id = await idOf(quiet)
  const add = () => addKey(world.northwind.scope, id, 'publishable')
  const added = await Promise.all(Array.from({ length: 6 }, add))
  expect(added.filter(({ ok }) => ok)).toHaveLength(2)
  const keys = await listKeys(world.northwind.scope, id)
  expect(keys.filter(({ kind }) => kind === 'publishable')).toHaveLength(2)
})

test('a key is revoked once, by its own organization, at its own server', async () => {
  const { none, external } = world.southwind.servers
  const id = await idOf(none, world.southwind)
  const [key] = await listKeys(world.southwind.scope, id)
  const { scope } = world.southwind
  const keyId = key?.id ?? ''
  expect(await revokeKey(world.northwind.scope, id, keyId)).toBe(false)
  expect(await revokeKey(scope, await idOf(external, world.southwind), keyId)).toBe(false)
  expect((await post(none, none.key)).status).toBe(201)
  expect(await revokeKey(scope, id, keyId)).toBe(true)
  expect(await revokeKey(scope, id, keyId)).toBe(false)
  expect((await post(none, none.key)).status).toBe(401)
})

describe('a publishable key', () => {
  test('files tickets by e-mail, also where end-users sign in, and vouches for nobody', async () => {
    const { external } = world.northwind.servers
    const key = await made(external, 'publishable')
    expect(key).toStartWith('pk_')
    expect((await post(external, key)).status).toBe(201)
    const claimed = await post(external, key, { reporter })
    expect(claimed.status).toBe(401)
    expect(await jsonOf(claimed)).toMatchObject({ code: 'identity_invalid' })
    const [row] = await world.database.owner`
      select reporter_proof from support_ticket order by created_at desc limit 1`
    expect(row).toEqual({ reporter_proof: 'email' })
    const response = await world.ask(`/s/${external.slug}/trpc/support.settings`, { key })
    const { result } = await jsonOf<{ result: { data: SupportSettings } }>(response)
    expect(result.data.auth).toBe('none')
  })

  test('files fewer tickets than a secret one', async () => {
    const { external } = world.northwind.servers
    const key = await made(external, 'publishable')
    const answers = []
    for (let n = 0; n < 25; n++) answers.push((await post(external, key)).status)
    expect(answers.filter((status) => status === 201)).toHaveLength(20)
    expect(answers.at(-1)).toBe(429)
  })
})

describe('signs of life', () => {
  const row = async ({ slug }: TestServer) => {
    await Bun.sleep(50)
    const [found] = await world.database.owner`
      select s.sdk_seen_at, s.sdk_version, s.xmin, k.last_used_at, k.xmin as key_xmin
        from mcp_server s join server_key k on k.mcp_server_id = s.id where s.slug = ${slug}`
    return found
  }
  test('of an SDK and of a key are noted once a minute', async () => {
    const { external } = world.southwind.servers
    const ask = (version: string) =>
      world.ask(`/s/${external.slug}/trpc/support.settings`, {
        key: external.key,
        headers: { 'mcp-obs-sdk': version },
      })
    expect(await row(external)).toMatchObject({ sdk_seen_at: null, last_used_at: null })
    await ask('0.1.0')
    const first = await row(external)
    expect(first?.sdk_version).toBe('0.1.0')
    expect(first?.last_used_at).not.toBeNull()
    await ask('0.1.0')
    expect(await row(external)).toEqual(first as never)
    await world.database.owner`update mcp_server set sdk_seen_at = null`
    await ask(`0.2.0${'x'.repeat(100)}`)
    expect((await row(external))?.sdk_version).toHaveLength(40)
  })
})

describe('refusals', () => {
  const refusals = async ({ slug }: TestServer) => {
    const rows = await world.database.owner`
      select reason, times from refused_attempt r join mcp_server s on s.id = r.mcp_server_id
       where s.slug = ${slug} order by reason`
    return Object.fromEntries(rows.map(({ reason, times }) => [reason, times]))
  }

  test('are counted by reason, each of a flood too', async () => {
    const { quiet } = world.southwind.servers
    await Promise.all(Array.from({ length: 50 }, () => post(quiet, `sk_${'x'.repeat(43)}`)))
    await post(quiet, quiet.key)
    await post(quiet, quiet.key, { title: '' })
    await world.ask(`/s/${quiet.slug}/trpc/support.createTicket`, {
      key: quiet.key,
      json: { title: 'x'.repeat(300_000) },
    })
    await Bun.sleep(1_300)
    expect(await refusals(quiet)).toEqual({
      key_invalid: 50,
      support_disabled: 1,
      input_invalid: 1,
      too_large: 1,
    })
  })

  test('keep nothing of what was sent', async () => {
    const rows = await world.database.owner`select * from refused_attempt`
    expect(JSON.stringify(rows)).not.toMatch(/fjord|sk_|Search/)
  })

  test('at an address that nobody has are counted nowhere', async () => {
    const before = await world.database.owner`select sum(times) from refused_attempt`
    await world.ask('/s/nobody-has-this/api/support', { key: `sk_${'x'.repeat(43)}`, json: {} })
    await Bun.sleep(50)
    expect(await world.database.owner`select sum(times) from refused_attempt`).toEqual(before)
  })
})
