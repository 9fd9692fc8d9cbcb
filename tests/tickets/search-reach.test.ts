import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { handle } from '#src/db/database.ts'
import { scopeTo } from '#src/db/scope.ts'
import { newId, sha256 } from '#src/lib/ids.ts'
import { makeWorld, type TestOrganization, type World } from '../world.ts'
import { find, plantSearchable, ticket } from './searchable.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

describe('a search goes', () => {
  const newest = 4_000_000
  beforeAll(() =>
    plantSearchable(world, world.southwind, [
      ticket(5, 'zebra'),
      ticket(newest - 600_000, 'zebra'),
      ticket(newest - 100_000, 'zebra'),
      ticket(newest, 'other'),
    ]),
  )

  test('through a bounded part of the numbers, and goes on from there', async () => {
    const first = await find(world.southwind, 'zebra')
    expect(first.numbers).toEqual([newest - 100_000, newest - 600_000])
    expect(first.searchedTo).toBe(((newest >> 13) - 399) << 13)
    const next = await find(world.southwind, 'zebra', { older: first.searchedTo ?? 0 })
    expect(next).toEqual({ numbers: [5], searchedTo: null })
  })

  test('as far on the way to newer ones', async () => {
    const first = await find(world.southwind, 'zebra', { newer: 1 })
    expect(first).toEqual({ numbers: [5], searchedTo: (399 << 13) + 8191 })
    const next = await find(world.southwind, 'zebra', { newer: first.searchedTo ?? 0 })
    expect(next).toEqual({ numbers: [newest - 600_000, newest - 100_000], searchedTo: null })
  })

  test('by the beginning of a word among the newest half a million only', async () => {
    expect((await find(world.southwind, 'zebr')).numbers).toEqual([newest - 100_000])
    expect((await find(world.southwind, 'ze')).numbers).toEqual([])
  })

  test('no further than it is asked for', async () => {
    const one = newest - 100_000
    expect(await find(world.southwind, 'zebra', null, 1)).toEqual({
      numbers: [one],
      searchedTo: one,
    })
  })
})

describe('nobody finds what is another organization’s', () => {
  test('where the tags of two are the same, and one has far more', async () => {
    const [ours, theirs] = sameTag()
    const { owner } = world.database
    const made: TestOrganization[] = []
    for (const id of [ours, theirs]) {
      await owner`insert into organization (id, slug, name, created_at)
        values (${id}, ${`o-${id}`}, 'O', now())`
      await owner`
        insert into mcp_server select (jsonb_populate_record(s, ${`{"organization_id":"${id}"}`}::text::jsonb)).*
          from mcp_server s where slug = ${world.northwind.servers.none.slug} and organization_id = ${world.northwind.scope.organizationId}`
      made.push({ ...world.northwind, scope: scopeTo(world.database, id) })
    }
    const [small, large] = made as [TestOrganization, TestOrganization]
    await plantSearchable(world, small, [ticket(1, 'giraffe')])
    await plantSearchable(
      world,
      large,
      Array.from({ length: 80 }, (_, n) => ticket(n + 2, 'giraffe')),
    )
    expect(await find(small, 'giraffe')).toEqual({ numbers: [1], searchedTo: null })
    expect((await find(large, 'giraffe')).numbers).toHaveLength(51)
  })

  test('whatever is typed as a tag', async () => {
    const tag = sha256(Buffer.from(world.southwind.scope.organizationId.replaceAll('-', ''), 'hex'))
    const prefix = `${tag.toString('hex').slice(0, 8)}0`
    await plantSearchable(world, world.southwind, [ticket(77, 'secretword')])
    for (const q of [
      `${prefix}.secretword`,
      `x' | '${prefix}.secretword`,
      `'@${prefix}.secretword':*`,
    ])
      expect((await find(world.northwind, q)).numbers).toEqual([])
  })

  test('and outside of a scope nothing is found', async () => {
    const [row] = await world.database[handle].execute(
      sql`select * from search_tickets('secretword', '{open}', null, null, 51)`,
    )
    expect(row).toEqual({ numbers: [], searched_to: null })
  })
})

/** Two organizations whose words begin alike. */
function sameTag(): [string, string] {
  const seen = new Map<string, string>()
  for (;;) {
    const id = newId()
    const tag = sha256(Buffer.from(id.replaceAll('-', ''), 'hex'))
      .toString('hex')
      .slice(0, 8)
    const other = seen.get(tag)
    if (other) return [other, id]
    seen.set(tag, id)
  }
}
