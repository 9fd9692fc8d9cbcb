import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sweepIntake } from '#src/intake/sweeping.ts'
import { sweepStaff } from '#src/staff/sweeping.ts'
import { makeWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

test('what has expired is deleted in every organization, and nothing else', async () => {
  const { database, northwind, southwind } = world
  const { owner } = database
  await world.file(northwind.servers.none)
  await world.file(southwind.servers.none)
  const cookie = await world.signIn(northwind.staff.email)
  await world.signIn(southwind.staff.email)
  const counts = async () => {
    const [row] = await owner`select (select count(*)::int from rate_bucket) as rates,
      (select count(*)::int from attempt_bucket) as attempts,
      (select count(*)::int from session) as sessions`
    return row
  }
  const before = await counts()
  await Promise.all([sweepStaff(database, new Date()), sweepIntake(database, new Date())])
  expect(await counts()).toEqual(before)

  const { id } = southwind.staff
  await owner`update session set expires_at = now() - interval '1 second' where staff_id = ${id}`
  const tomorrow = new Date(Date.now() + 25 * 3_600_000)
  await Promise.all([sweepStaff(database, new Date()), sweepIntake(database, tomorrow)])
  expect(await counts()).toEqual({ ...before, rates: 0, sessions: 1 })
  expect((await world.ask('/northwind/tickets', { cookie })).status).toBe(200)
})
