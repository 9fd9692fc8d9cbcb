import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { connect } from '#src/db/connect.ts'
import { readUrl } from '#src/db/external.ts'
import { migrateDatabase } from '#src/db/open.ts'
import { prepare } from '#src/db/prepare.ts'
import { appRoleOf } from '#src/db/role.ts'
import { startDesk } from './desks.ts'
import { type Binaries, type External, startExternal } from './external.ts'
import { newLogin, refusal, roleIn, settings } from './logins.ts'

setDefaultTimeout(30_000)

let external: External

describe.each<Binaries>(['system', 'embedded'])('DATABASE_URL on the %s PostgreSQL', (binaries) => {
  beforeAll(async () => {
    external = await startExternal(binaries)
    console.log(`DATABASE_URL is tried on PostgreSQL ${external.version}`)
  })
  afterAll(() => external.admin.end())

  test('of an empty database comes up for six processes at once, and is migrated once', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    const desks = Array.from({ length: 6 }, () =>
      startDesk('desk', { databaseUrl: external.url(login, database) }),
    )
    const said = await Promise.all(desks.map((desk) => desk.said))
    expect(said).toEqual(said.map(() => `open as mcp_obs_app_${database}`))
    expect(await Promise.all(desks.map((desk) => desk.leave()))).toEqual([0, 0, 0, 0, 0, 0])
    expect(await migrateDatabase(settings(external.url(login, database)))).toBe(0)
  })

  test('of a superuser runs queries as the restricted role', async () => {
    const [, database] = await newLogin(external)
    expect(await roleIn(external.url('admin', database))).toBe(`mcp_obs_app_${database}`)
  })

  test('of an owner who may make roles runs queries as the restricted role, also the second time', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
  })

  test('of a plain owner works once an administrator has run the statements it prints', async () => {
    const [login, database] = await newLogin(external)
    const said = await refusal(roleIn(external.url(login, database)))
    expect(said).toContain('let an administrator run this once')
    const statements = said.split('\n').slice(1)
    expect(statements).toHaveLength(2)
    await external.admin.unsafe(statements.join('\n'))
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
  })

  test('of a plain owner asks only for the grant where the role is there', async () => {
    const [login, database] = await newLogin(external)
    await external.admin.unsafe(`create role mcp_obs_app_${database} login`)
    const said = await refusal(roleIn(external.url(login, database)))
    expect(said).not.toContain('CREATE ROLE')
    await external.admin.unsafe(said.split('\n').slice(1).join('\n'))
    expect(await roleIn(external.url(login, database))).toBe(`mcp_obs_app_${database}`)
  })

  test.each(['Desk "quoted".x', 'désk%20 / ?', 'd'.repeat(63)])(
    'may name the database %p',
    async (name) => {
      const [login, database] = await newLogin(external, 'createrole', name)
      expect(await roleIn(external.url(login, database))).toBe(appRoleOf(database))
    },
  )

  test('may come with a role of another name', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    expect(await roleIn(external.url(login, database), `other_${database}`)).toBe(
      `other_${database}`,
    )
  })

  test('leaves the connection that migrated restricted, for a pooler to hand on', async () => {
    const [login, database] = await newLogin(external, 'createrole')
    const sql = connect(readUrl(external.url(login, database)).login)
    await prepare(sql, { appRole: `mcp_obs_app_${database}`, sharesLogin: true })
    const [row] = await sql`select current_user as role`
    await sql.end()
    expect(row?.role).toBe(`mcp_obs_app_${database}`)
  })
})
