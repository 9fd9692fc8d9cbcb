import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { openPool } from '#src/db/connect.ts'
import { readUrl } from '#src/db/external.ts'
import { requireVersion } from '#src/db/prepare.ts'
import { type Binaries, type External, startExternal } from './external.ts'
import { newLogin, refusal, roleIn } from './logins.ts'

setDefaultTimeout(30_000)

let external: External

describe.each<Binaries>(['system', 'embedded'])('DATABASE_URL on the %s PostgreSQL', (binaries) => {
  beforeAll(async () => {
    external = await startExternal(binaries)
    console.log(`DATABASE_URL is tried on PostgreSQL ${external.version}`)
  })
  afterAll(() => external.admin.end())

  test('changes nothing in the database of a login that it refuses', async () => {
    const [login, database] = await newLogin(external)
    await refusal(roleIn(external.url(login, database)))
    const sql = external.superuser(database)
    const found = await sql`select from pg_class where relnamespace = 'public'::regnamespace`
    await sql.end()
    expect(found).toHaveLength(0)
  })

  test('is refused with a role that no wall holds', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    await external.admin.unsafe(
      `create role strong_${database} bypassrls; grant strong_${database} to ${login}`,
    )
    expect(await refusal(roleIn(external.url(login, database), `strong_${database}`))).toContain(
      'bypasses row-level security',
    )
    expect(await refusal(roleIn(external.url(login, database), login))).toContain('names the login')
  })

  test('is refused with a role that shares in the ownership of the tables', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    await roleIn(external.url(login, database))
    await external.admin.unsafe(`revoke mcp_obs_app_${database} from ${login} cascade`)
    await external.admin.unsafe(`grant ${login} to mcp_obs_app_${database}`)
    expect(await refusal(roleIn(external.url('admin', database)))).toContain(
      `mcp_obs_app_${database} is let past row-level security`,
    )
  })

  test('is refused while connections start without the role, as old ones of a pooler do', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    const role = await roleIn(external.url(login, database))
    await external.admin.unsafe(`alter role ${login} in database ${database} reset role`)
    const old = openPool(readUrl(external.url(login, database)).login, String(role), 2)
    expect(await refusal(old)).toContain(`do not start as the role ${role}`)
  })

  test('of a login that owns nothing says what it needs', async () => {
    const [, database] = await newLogin(external)
    await external.admin.unsafe(`create role guest_${database} login password 'secret' createrole`)
    expect(await refusal(roleIn(external.url(`guest_${database}`, database)))).toContain(
      `may not set up the database ${database}`,
    )
  })

  test('that no one answers, that is refused, and that names no database each get a sentence', async () => {
    const [login, database] = await newLogin(external)
    const url = new URL(external.url(login, database))
    const changed = (part: Partial<URL>) => roleIn(Object.assign(new URL(url), part).href)
    expect(await refusal(changed({ port: '1' }))).toContain("can't be reached (ECONNREFUSED)")
    expect(await refusal(changed({ hostname: 'nowhere.invalid' }))).toContain("can't be reached (")
    expect(await refusal(changed({ password: 'wrong' }))).toContain(`refuses the login ${login}`)
    expect(await refusal(changed({ username: 'nobody' }))).toContain('refuses the login nobody')
    expect(await refusal(changed({ pathname: '/none' }))).toContain('There is no database none')
  })

  test('of a database with other tables is left as it is', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    const sql = external.superuser(database)
    await sql.unsafe('create table organization (id int)')
    expect(await refusal(roleIn(external.url(login, database)))).toContain('holds something else')
    const tables =
      await sql`select relname from pg_class where relnamespace = 'public'::regnamespace`
    await sql.end()
    expect(tables.map((table) => table.relname)).toEqual(['organization'])
  })

  test('of PostgreSQL 14 is refused, and of 15 is not', () => {
    expect(() => requireVersion(140_012)).toThrow('runs on PostgreSQL 14, and mcp-obs needs 15')
    expect(() => requireVersion(150_000)).not.toThrow()
  })
})
