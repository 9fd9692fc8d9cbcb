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
  for (const table of tables.filter((name) => !(name in appendOnly))) {
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

/** Tables of a history, with an insert of one more row. */
const appendOnly: Record<string, string> = {
  ticket_event: `select organization_id, ticket_id, gen_random_uuid(), action, null, null, null,
    created_at from ticket_event`,
  cause_event: `select organization_id, cause, gen_random_uuid(), action, null, null, null, created_at
    from cause_event`,
  cause_answer: `select organization_id, cause, version + 1, body, link, staff_id, created_at
    from cause_answer`,
}

test('events and answers can be added, and neither changed nor deleted', async () => {
  const scope = scopeTo(database, ours)
  const run = (text: string) => inScope(scope, (tx) => tx.execute(sql.raw(text)))
  for (const [table, rows] of Object.entries(appendOnly)) {
    await run(`insert into ${table} ${rows}`)
    expect(await run(`select from ${table}`)).toHaveLength(2)
    const change = run(`update ${table} set created_at = now()`)
    expect(await sqlState(change)).toBe('42501')
    expect(await sqlState(run(`delete from ${table}`))).toBe('42501')
    expect(await sqlState(run(`truncate ${table}`))).toBe('42501')
  }
})
