import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readInbox } from '#src/tickets/inbox.ts'
import { makeWorld, type World } from '../world.ts'
import { plantMany } from './many.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
  const { owner } = world.database
  // As after a restore: nobody has counted anything yet.
  await owner`alter table support_ticket set (autovacuum_enabled = off)`
  await plantMany(world, { from: world.northwind, tickets: 20_000, subject: "'u-' || n" })
  await owner`update support_ticket set status = 'closed', read_at = case when number < 50 then null else now() end`
})
afterAll(() => world.close())

test('a list is read within the time of a statement before the database knows its tables', async () => {
  const { scope } = world.northwind
  const { page } = await readInbox(scope, { status: 'closed', unread: true })
  expect(page.rows.length + Number(page.searchedTo ?? 0)).toBeGreaterThan(0)
  const { page: last } = await readInbox(scope, { status: 'closed', unread: true, before: 1_001 })
  expect(last.rows.map(({ number }) => number)).toEqual(
    Array.from({ length: 49 }, (_, n) => 49 - n),
  )
})
