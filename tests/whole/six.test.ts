import { expect, test } from 'bun:test'
import { startExternal } from '../db/external.ts'
import { deskSettings, startDesk } from '../program.ts'

test('six desks started at once on one empty database all come up, and it is migrated once', async () => {
  const { admin, superuser, url } = await startExternal()
  await admin.unsafe('create database six')
  const environment = { DATABASE_URL: url('admin', 'six') }
  const desks = await Promise.all(
    Array.from({ length: 6 }, () => startDesk(deskSettings(environment))),
  )
  const applied = await superuser('six').begin(async (tx) => {
    await tx`set local role none`
    return tx`select count(*)::int as times from drizzle.__drizzle_migrations group by hash`
  })
  expect(applied.length).toBeGreaterThan(0)
  expect(applied.every(({ times }) => times === 1)).toBe(true)
  expect(await Promise.all(desks.map((desk) => desk.stop()))).toEqual([0, 0, 0, 0, 0, 0])
})
