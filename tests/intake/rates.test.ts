import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { attemptBucket, emptyBucket, rateBucket, takeToken } from '#src/db/bucket.ts'
import { inScope, unscoped } from '#src/db/scope.ts'
import { jsonOf, makeWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const ticket = { title: 'Search fails', description: 'Every search ends in 403.' }
const post = (json: Record<string, unknown>, server = world.northwind.servers.none) =>
  world.ask(`/s/${server.slug}/api/support`, { key: server.key, json: { ...ticket, ...json } })

describe('an e-mail that nobody has verified', () => {
  test('may raise five tickets at once, then is asked to wait', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) statuses.push((await post({ email: 'a@fjord.example' })).status)
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429])
    const refused = await post({ email: 'A@Fjord.example ' })
    expect(await jsonOf(refused)).toMatchObject({ code: 'too_many' })
    expect(Number(refused.headers.get('retry-after'))).toBeWithin(600, 721)
  })

  test('does not keep others waiting, nor its own in another organization', async () => {
    expect((await post({ email: 'b@fjord.example' })).status).toBe(201)
    const elsewhere = await post({ email: 'a@fjord.example' }, world.southwind.servers.none)
    expect(elsewhere.status).toBe(201)
  })

  test('is kept as a hash only', async () => {
    const rows = await world.database.owner`select key from rate_bucket`
    expect(JSON.stringify(rows)).not.toContain('fjord')
  })
})

test('a retry of a ticket that was filed costs nothing', async () => {
  const { slug, key } = world.northwind.servers.none
  const again = () =>
    world.ask(`/s/${slug}/api/support`, {
      key,
      json: { ...ticket, email: 'retry@fjord.example' },
      headers: { 'idempotency-key': 'retried' },
    })
  for (let n = 0; n < 8; n++) expect((await again()).ok).toBe(true)
})

test('a refused ticket takes no number', async () => {
  const before = await world.file(world.northwind.servers.external)
  expect((await post({ email: 'a@fjord.example' })).status).toBe(429)
  const title = 'Login fails'
  expect(await world.file(world.northwind.servers.external, { title })).toBe(before + 1)
})

describe('a token bucket', () => {
  const rate = { burst: 10, perHour: 60 }
  const take = (key: string) =>
    inScope(world.northwind.scope, (tx) =>
      takeToken(tx, rateBucket(world.northwind.scope.organizationId, key), rate),
    )

  test('gives exactly its burst to who asks at once', async () => {
    const taken = await Promise.all(Array.from({ length: 60 }, () => take('hot')))
    expect(taken.filter(({ ok }) => ok)).toHaveLength(10)
    expect(taken.find(({ ok }) => !ok)).toEqual({ ok: false, retryAfterSeconds: 60 })
  })

  test('fills again with time, and refusals do not slow it', async () => {
    for (let n = 0; n < 15; n++) await take('slow')
    await world.database.owner`
      update rate_bucket set updated_at = updated_at - interval '3 minutes' where key = 'slow'`
    const taken = await Promise.all(Array.from({ length: 20 }, () => take('slow')))
    expect(taken.filter(({ ok }) => ok)).toHaveLength(3)
  })

  test('of attempts works where no organization is known, and can be emptied', async () => {
    const once = { burst: 1, perHour: 1 }
    const bucket = attemptBucket('somebody')
    const take = () => unscoped(world.database, 'sign-in', (db) => takeToken(db, bucket, once))
    expect([(await take()).ok, (await take()).ok]).toEqual([true, false])
    await unscoped(world.database, 'sign-in', (db) => emptyBucket(db, bucket))
    expect((await take()).ok).toBe(true)
  })
})

test('a bucket is exact across processes', async () => {
  const { url } = world.database
  const script = `
    import { rateBucket, takeToken } from '#src/db/bucket.ts'
    import { openDatabase } from '#src/db/open.ts'
    import { inScope, scopeTo } from '#src/db/scope.ts'
    const database = await openDatabase({ databaseUrl: process.env.URL, dataDir: '' }, 'command')
    const scope = scopeTo(database, '${world.northwind.scope.organizationId}')
    const bucket = rateBucket(scope.organizationId, 'processes')
    const rate = { burst: 20, perHour: 1 }
    const take = () => inScope(scope, (tx) => takeToken(tx, bucket, rate))
    const taken = await Promise.all(Array.from({ length: 40 }, take))
    console.log(taken.filter(({ ok }) => ok).length)
    await database.close()`
  const granted = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const child = Bun.spawn([process.execPath, '-e', script], {
        env: { ...process.env, URL: url },
        cwd: `${import.meta.dir}/../..`,
        stdout: 'pipe',
      })
      return Number(await new Response(child.stdout).text())
    }),
  )
  expect(granted.reduce((sum, n) => sum + n, 0)).toBe(20)
})
