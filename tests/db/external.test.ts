import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { connect, openPool } from '#src/db/connect.ts'
import { handle } from '#src/db/database.ts'
import { readUrl } from '#src/db/external.ts'
import { migrateDatabase, openDatabase } from '#src/db/open.ts'
import { prepare, requireVersion } from '#src/db/prepare.ts'
import { appRoleOf } from '#src/db/role.ts'
import { StartError } from '#src/db/start-error.ts'
import { startDesk } from './desks.ts'
import { type Binaries, type External, startExternal } from './external.ts'

setDefaultTimeout(30_000)

let external: External

let made = 0

/** A login and a database that it owns. */
async function newLogin(attributes = '', name?: string): Promise<[string, string]> {
  const database = name ?? `desk${made + 1}`
  made++
  const login = `login${made}`
  await external.admin.unsafe(`create role ${login} login password 'secret' ${attributes}`)
  await external.admin.unsafe(`create database "${database.replaceAll('"', '""')}" owner ${login}`)
  return [login, database]
}

const settings = (databaseUrl: string, appRole?: string) => ({
  databaseUrl,
  appRole,
  dataDir: '/nowhere',
})

/** Opens it, and says which role its queries run as. */
async function roleIn(databaseUrl: string, appRole?: string): Promise<unknown> {
  const database = await openDatabase(settings(databaseUrl, appRole), 'command')
  const [row] = await database[handle]
    .execute('select current_user as role')
    .finally(() => database.close())
  return row?.role
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (error) => error,
  )
  expect(error).toBeInstanceOf(StartError)
  return (error as StartError).message
}

describe.each<Binaries>(['system', 'embedded'])('DATABASE_URL on the %s PostgreSQL', (binaries) => {
  beforeAll(async () => {
    external = await startExternal(binaries)
    console.log(`DATABASE_URL is tried on PostgreSQL ${external.version}`)
  })
  afterAll(() => external.admin.end())

  test('of an empty database comes up for six processes at once, and is migrated once', async () => {
    const [login, database] = await newLogin('createrole')
    const desks = Array.from({ length: 6 }, () =>
      startDesk('desk', { databaseUrl: external.url(login, database) }),
    )
    const said = await Promise.all(desks.map((desk) => desk.said))
    expect(said).toEqual(said.map(() => `open as mcp_obs_app_${database}`))
    expect(await Promise.all(desks.map((desk) => desk.leave()))).toEqual([0, 0, 0, 0, 0, 0])
    expect(await migrateDatabase(settings(external.url(login, database)))).toBe(0)
  })

  test('of a superuser runs queries as the restricted role', async () => {
    const [, database] = await newLogin()
    expect(await roleIn(external.url('admin', database))).toBe(`mcp_obs_app_${database}`)
  })

  test('of an owner who may make roles runs queries as the restricted role, also the second time', async () => {
    const [login, database] = await newLogin('createrole')
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
  })

  test('of a plain owner works once an administrator has run the statements it prints', async () => {
    const [login, database] = await newLogin()
    const said = await refusal(roleIn(external.url(login, database)))
    expect(said).toContain('let an administrator run this once')
    const statements = said.split('\n').slice(1)
    expect(statements).toHaveLength(2)
    await external.admin.unsafe(statements.join('\n'))
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
  })

  test('of a plain owner asks only for the grant where the role is there', async () => {
    const [login, database] = await newLogin()
    await external.admin.unsafe(`create role mcp_obs_app_${database} login`)
    const said = await refusal(roleIn(external.url(login, database)))
    expect(said).not.toContain('CREATE ROLE')
    await external.admin.unsafe(said.split('\n').slice(1).join('\n'))
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
  })

  test('changes nothing in the database of a login that it refuses', async () => {
    const [login, database] = await newLogin()
    await refusal(roleIn(external.url(login, database)))
    const sql = external.superuser(database)
    const found = await sql`select from pg_class where relnamespace = 'public'::regnamespace`
    await sql.end()
    expect(found).toHaveLength(0)
  })

  test.each(['Desk "quoted".x', 'désk%20 / ?', 'd'.repeat(63)])(
    'may name the database %p',
    async (name) => {
      const [login, database] = await newLogin('createrole', name)
      expect(await roleIn(external.url(login, database))).toBe(appRoleOf(database))
    },
  )

  test('may come with a role of another name', async () => {
    const [login, database] = await newLogin('createrole')
    expect(await roleIn(external.url(login, database), `other_${database}`)).toBe(
      `other_${database}`,
    )
  })

  test('is refused with a role that no wall holds', async () => {
    const [login, database] = await newLogin('createrole')
    await external.admin.unsafe(
      `create role strong${made} bypassrls; grant strong${made} to ${login}`,
    )
    expect(await refusal(roleIn(external.url(login, database), `strong${made}`))).toContain(
      'bypasses row-level security',
    )
    expect(await refusal(roleIn(external.url(login, database), login))).toContain('names the login')
  })

  test('is refused with a role that shares in the ownership of the tables', async () => {
    const [login, database] = await newLogin('createrole')
    await roleIn(external.url(login, database))
    await external.admin.unsafe(`revoke mcp_obs_app_${database} from ${login} cascade`)
    await external.admin.unsafe(`grant ${login} to mcp_obs_app_${database}`)
    expect(await refusal(roleIn(external.url('admin', database)))).toContain(
      `mcp_obs_app_${database} is let past row-level security`,
    )
  })

  test('is refused while connections start without the role, as old ones of a pooler do', async () => {
    const [login, database] = await newLogin('createrole')
    const role = await roleIn(external.url(login, database))
    await external.admin.unsafe(`alter role ${login} in database ${database} reset role`)
    const old = openPool(readUrl(external.url(login, database)).login, String(role), 2)
    expect(await refusal(old)).toContain(`do not start as the role ${role}`)
  })

  test('leaves the connection that migrated restricted, for a pooler to hand on', async () => {
    const [login, database] = await newLogin('createrole')
    const sql = connect(readUrl(external.url(login, database)).login)
    await prepare(sql, { appRole: `mcp_obs_app_${database}`, sharesLogin: true })
    const [row] = await sql`select current_user as role`
    await sql.end()
    expect(row?.role).toBe(`mcp_obs_app_${database}`)
  })

  test('of a login that owns nothing says what it needs', async () => {
    const [, database] = await newLogin()
    await external.admin.unsafe(`create role guest${made} login password 'secret' createrole`)
    expect(await refusal(roleIn(external.url(`guest${made}`, database)))).toContain(
      `may not set up the database ${database}`,
    )
  })

  test('that no one answers, that is refused, and that names no database each get a sentence', async () => {
    const [login, database] = await newLogin()
    const url = new URL(external.url(login, database))
    const changed = (part: Partial<URL>) => roleIn(Object.assign(new URL(url), part).href)
    expect(await refusal(changed({ port: '1' }))).toContain("can't be reached (ECONNREFUSED)")
    expect(await refusal(changed({ hostname: 'nowhere.invalid' }))).toContain("can't be reached (")
    expect(await refusal(changed({ password: 'wrong' }))).toContain(`refuses the login ${login}`)
    expect(await refusal(changed({ username: 'nobody' }))).toContain('refuses the login nobody')
    expect(await refusal(changed({ pathname: '/none' }))).toContain('There is no database none')
  })

  test('of a database with other tables is left as it is', async () => {
    const [login, database] = await newLogin('createrole')
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
