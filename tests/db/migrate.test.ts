import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { readUrl } from '#src/db/external.ts'
import { migrate } from '#src/db/migrate.ts'
import { readMigrations } from '#src/db/migrations.ts'
import { migrateDatabase } from '#src/db/open.ts'
import { emptyDatabase } from '#tests/cluster.ts'

setDefaultTimeout(30_000)

const known = readMigrations()
const next = {
  sql: ['create table next (id int)'],
  bps: true,
  hash: 'next',
  folderMillis: Date.now(),
}
const settings = (databaseUrl: string) => ({ databaseUrl, dataDir: '/nowhere', appRole: undefined })

/** What `migrate` returns for these migrations, in an empty database where `before` were applied. */
async function migrating(before: typeof known, after: typeof known) {
  const sql = postgres({ ...readUrl(await emptyDatabase()).login, max: 1, onnotice: () => {} })
  try {
    await sql.begin((tx) => migrate(tx, before))
    const applied = await sql.begin((tx) => migrate(tx, after))
    const [row] = await sql`select to_regclass('next') is not null as made`
    return { applied, made: row?.made }
  } finally {
    await sql.end()
  }
}

describe('migrating', () => {
  test('applies what is missing, once, and says how many that were', async () => {
    const url = await emptyDatabase()
    expect(await migrateDatabase(settings(url))).toBe(known.length)
    expect(await migrateDatabase(settings(url))).toBe(0)
    expect(await migrating(known, [...known, next])).toEqual({ applied: 1, made: true })
  })

  test('refuses a migration that was changed after it had been applied', async () => {
    const changed = { ...next, hash: 'changed' }
    await expect(migrating([next], [changed])).rejects.toThrow(
      'was changed after it had been applied',
    )
  })

  test('refuses a database that a newer program has migrated', async () => {
    await expect(migrating([...known, next], known)).rejects.toThrow(
      'by a newer mcp-obs than this one',
    )
  })

  test('leaves nothing behind when a migration fails', async () => {
    const sql = postgres({ ...readUrl(await emptyDatabase()).login, max: 1, onnotice: () => {} })
    const broken = { ...next, sql: [...next.sql, 'select nothing'] }
    await expect(sql.begin((tx) => migrate(tx, [...known, broken]))).rejects.toThrow('nothing')
    const found = await sql`select from pg_class where relnamespace = 'public'::regnamespace`
    await sql.end()
    expect(found).toHaveLength(0)
  })

  test('clears what servers without an issuer of their own were once given', async () => {
    const sql = postgres({ ...readUrl(await emptyDatabase()).login, max: 1, onnotice: () => {} })
    await sql.begin((tx) => migrate(tx, known.slice(0, 2)))
    await sql`
      insert into organization values (gen_random_uuid(), 'northwind', 'Northwind', false, now())`
    const given = [
      ['none', null, 'https://docuapi.example/mcp'],
      ['none', 'https://login.example', null],
      ['platform', 'https://login.example', null],
      ['platform', null, 'https://docuapi.example/mcp'],
      ['external', 'https://login.example', 'https://docuapi.example/mcp'],
    ]
    for (const [index, [auth, issuer, audience]] of given.entries())
      await sql`
        insert into mcp_server (organization_id, id, slug, name, auth, issuer, audience,
          support_tool_title, support_tool_description, support_tool_categories, context_level, created_at)
        select id, gen_random_uuid(), ${`s-${index}`}, 'DocuAPI', ${auth ?? ''}, ${issuer ?? null},
               ${audience ?? null}, '', '', '{}', 'call', now() from organization`
    await sql.begin((tx) => migrate(tx, known))
    const kept = await sql`select auth, issuer, audience from mcp_server order by slug`.values()
    await sql.end()
    const nothing = [null, null]
    expect([...kept]).toEqual([
      ['none', ...nothing],
      ['none', ...nothing],
      ['platform', ...nothing],
      ...given.slice(3),
    ])
  })

  test('needs nothing that schema.ts does not say', async () => {
    const project = join(import.meta.dir, '../..')
    const copy = mkdtempSync(join(tmpdir(), 'mcp-obs-schema-'))
    for (const part of [
      'package.json',
      'drizzle.config.ts',
      'drizzle',
      'src/db/schema.ts',
      'sdk/src',
    ])
      cpSync(join(project, part), join(copy, part), { recursive: true })
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'))
    const before = readdirSync(join(copy, 'drizzle'), { recursive: true })
    const kit = Bun.spawnSync([process.execPath, 'x', 'drizzle-kit', 'generate'], { cwd: copy })
    const after = readdirSync(join(copy, 'drizzle'), { recursive: true })
    rmSync(copy, { recursive: true })
    expect(kit.stdout.toString()).toContain('No schema changes')
    expect(after).toEqual(before)
  })
})
