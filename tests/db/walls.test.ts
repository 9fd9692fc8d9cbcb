import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { handle } from '#src/db/database.ts'
import { supportTicket } from '#src/db/schema.ts'
import { inScope, scopeTo } from '#src/db/scope.ts'
import type { TestDatabase } from '#tests/cluster.ts'
import { ours, plantedDatabase, tenantTables, theirs } from './world.ts'

let database: TestDatabase
let tables: string[]
beforeAll(async () => {
  database = await plantedDatabase()
  tables = await tenantTables(database.owner)
})
afterAll(() => database.close())

/** Every connection of the pool has been in a scope, and carries nothing of it on. */
const useScope = () =>
  Promise.all(
    Array.from({ length: 12 }, () =>
      inScope(scopeTo(database, ours), (tx) => tx.execute(sql`select pg_sleep(0.01)`)),
    ),
  )

/** SQLSTATE of what `work` failed with. */
const sqlState = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error) => error.cause?.code ?? error.code,
  )

test('every tenant table holds rows of two organizations for these tests', async () => {
  expect(tables.length).toBeGreaterThan(0)
  for (const table of tables) {
    const rows = await database.owner.unsafe(`select distinct organization_id from ${table}`)
    expect({ table, organizations: rows.length }).toEqual({ table, organizations: 2 })
  }
})

test('a query outside of inScope sees no row of any tenant table', async () => {
  for (const used of [false, true]) {
    if (used) await useScope()
    for (const table of tables) {
      const rows = await database[handle].execute(sql.raw(`select * from ${table}`))
      expect({ table, rows: rows.length }).toEqual({ table, rows: 0 })
    }
  }
})

test('a query in a scope whose where was forgotten sees the rows of the scope only', async () => {
  for (const table of tables) {
    const rows = await inScope(scopeTo(database, ours), (tx) =>
      tx.execute(sql.raw(`select organization_id from ${table}`)),
    )
    expect({ table, rows: [...rows] }).toEqual({ table, rows: [{ organization_id: ours }] })
  }
})

test('two scopes at once do not see each other', async () => {
  const scopes = Array.from({ length: 40 }, (_, i) => (i % 2 ? ours : theirs))
  const seen = await Promise.all(
    scopes.map((id) =>
      inScope(scopeTo(database, id), (tx) =>
        tx.select({ id: supportTicket.organizationId }).from(supportTicket),
      ),
    ),
  )
  expect(seen).toEqual(scopes.map((id) => [{ id }]))
})

test('updates and deletes of another organization change nothing', async () => {
  for (const table of tables.filter((name) => name !== 'ticket_event')) {
    const changed = await inScope(scopeTo(database, ours), async (tx) => [
      await tx.execute(
        sql.raw(`update ${table} set organization_id = organization_id
          where organization_id = '${theirs}'`),
      ),
      await tx.execute(sql.raw(`delete from ${table} where organization_id = '${theirs}'`)),
    ])
    expect({ table, changed: changed.map(({ count }) => count) }).toEqual({
      table,
      changed: [0, 0],
    })
  }
})

test('a row can not be written into another organization, nor moved there', async () => {
  const insert = sql`insert into rate_bucket values (${theirs}, 'planted', 1, now())`
  const move = sql`update rate_bucket set organization_id = ${theirs}`
  for (const query of [insert, move]) {
    const written = inScope(scopeTo(database, ours), (tx) => tx.execute(query))
    expect(await sqlState(written)).toBe('42501')
  }
})

test('events can be added, and neither changed nor deleted', async () => {
  const scope = scopeTo(database, ours)
  const run = (text: string) => inScope(scope, (tx) => tx.execute(sql.raw(text)))
  const id = Bun.randomUUIDv7()
  await run(`insert into ticket_event select organization_id, ticket_id, '${id}', action, null, null,
    null, created_at from ticket_event`)
  expect(await run('select from ticket_event')).toHaveLength(2)
  expect(await sqlState(run("update ticket_event set action = 'filed'"))).toBe('42501')
  expect(await sqlState(run('delete from ticket_event'))).toBe('42501')
  expect(await sqlState(run('truncate ticket_event'))).toBe('42501')
})

test("the app's role owns nothing, passes no wall, and can not make or become anything", async () => {
  const { owner, appRole } = database
  const [role] = await owner`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
      exists (select from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o') as owns,
      exists (select from pg_auth_members m where m.member = r.oid) as belongs
    from pg_roles r where rolname = ${appRole}`
  expect(Object.values(role ?? {})).toEqual([false, false, false, false, false, false, false])
  const run = (text: string) => database[handle].execute(sql.raw(text))
  expect(await sqlState(run('create table public.mine (id int)'))).toBe('42501')
  expect(await sqlState(run('create schema mine'))).toBe('42501')
  expect(await sqlState(run('alter table support_ticket disable row level security'))).toBe('42501')
  expect(await sqlState(run('truncate support_ticket'))).toBe('42501')
  expect(await sqlState(run('set role mcp_obs'))).toBe('42501')
})

test("the app's role can not reach drizzle's books", async () => {
  const read = database[handle].execute(sql`select * from drizzle.__drizzle_migrations`)
  expect(await sqlState(read)).toBe('42501')
})

test('instants and JSON come back as they were written', async () => {
  const scope = scopeTo(database, ours)
  const at = new Date('2026-01-02T03:04:05.678Z')
  const [ticket] = await inScope(scope, (tx) =>
    tx.update(supportTicket).set({ updatedAt: at }).returning({ at: supportTicket.updatedAt }),
  )
  expect(ticket?.at).toEqual(at)
  const [type] = await inScope(scope, (tx) =>
    tx.execute(sql`select jsonb_typeof(context_data) as name from ticket_context`),
  )
  expect(type?.name).toBe('object')
})
