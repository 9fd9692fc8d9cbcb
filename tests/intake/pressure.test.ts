import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { openDatabase } from '#src/db/open.ts'
import { inScope, scopeTo } from '#src/db/scope.ts'
import { createOrganization } from '#src/organizations/creating.ts'
import { toProblem } from '#src/web/problem.ts'
import { emptyDatabase } from '../cluster.ts'
import { makeWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const post = (email: string, server = world.northwind.servers.none) =>
  world.ask(`/s/${server.slug}/api/support`, {
    key: server.key,
    json: { title: 'Search fails', description: 'Every search ends in 403.', email },
  })

test('one reporter who raises too many takes nothing from the others', async () => {
  for (let n = 0; n < 130; n++) await post('flood@fjord.example')
  expect((await post('honest@fjord.example')).status).toBe(201)
})

test('a flood on one server leaves the others their turn, and is told when to come again', async () => {
  const { none } = world.southwind.servers
  const flood = Array.from({ length: 160 }, (_, n) => post(`f${n}@fjord.example`, none))
  const other = await post('other@fjord.example')
  expect(other.status).toBe(201)
  const answers = await Promise.all(flood)
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(100)
  expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('a row that somebody holds makes others wait three seconds, then try again later', async () => {
  const database = await openDatabase(
    { databaseUrl: await emptyDatabase(), dataDir: '', appRole: undefined },
    'command',
  )
  const made = await createOrganization(database, { name: 'Held' })
  if (!made.ok) throw new Error(made.problem)
  const scope = scopeTo(database, made.organization.id)
  const next = () =>
    inScope(scope, (tx) => tx.execute(sql`update organization_counter set ticket_number = 1`))
  const taken = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = inScope(scope, async (tx) => {
    await tx.execute(sql`select 1 from organization_counter for update`)
    taken.resolve()
    await held.promise
  })
  await taken.promise
  const started = performance.now()
  const thrown = await next().catch((error: unknown) => error)
  expect(toProblem(thrown).code).toBe('unavailable')
  expect(performance.now() - started).toBeWithin(2_500, 5_000)
  held.resolve()
  await holding
  await next()
  await database.close()
})
