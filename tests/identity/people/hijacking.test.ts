import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { type Sink, startSink } from '../../mail/sink.ts'
import { plantGrant } from '../../servers/end-users.ts'
import { textOf } from '../../views/parse.ts'
import { makeWorld, type World } from '../../world.ts'
import { Browser, codeOf, forgetMails, person } from './visiting.ts'

let world: World
let sink: Sink
beforeAll(async () => {
  sink = await startSink()
  world = await makeWorld({ MCP_OBS_SMTP_URL: sink.url, MCP_OBS_MAIL_FROM: 'desk@support.example' })
})
afterAll(async () => {
  await world.close()
  await sink.stop()
})

const visit = () => new Browser(world, world.northwind.servers.platform)

/** Somebody has an account by the owner's e-mail, made while the desk sent no mail. */
async function hijacker() {
  const { config } = world.desk
  world.desk.config = { ...config, smtpUrl: undefined }
  const browser = visit()
  await browser.signUp({ name: 'Eve' })
  world.desk.config = config
  const { owner } = world.database
  const [account] = await owner`select organization_id, mcp_server_id, id from end_user`
  const of = {
    organizationId: account?.organization_id,
    serverId: account?.mcp_server_id,
    endUserId: account?.id,
  }
  const grant = await plantGrant(world, of)
  await owner`insert into authorization_code
    (organization_id, mcp_server_id, code_hash, client_id, end_user_id, grant_id, redirect_uri,
     code_challenge, scope, resource, expires_at)
    select organization_id, mcp_server_id, '\\x00', client_id, end_user_id, gen_random_uuid(),
           'http://127.0.0.1/callback', 'x', scope, resource, now() + interval '1 minute'
      from oauth_grant where id = ${grant}`
  return { browser, id: account?.id as string }
}

beforeEach(async () => {
  for (const table of ['end_user', 'mailed_code', 'rate_bucket'])
    await world.database.owner`delete from ${world.database.owner(table)}`
  await forgetMails(sink)
})

const state = async () => {
  const [row] = await world.database.owner`
    select id, name, email_verified_at is not null as proven, password_hash is not null as password,
           (select count(*)::int from end_user_session) as sessions,
           (select count(*)::int from oauth_grant where revoked_at is null) as grants,
           (select count(*)::int from authorization_code where redeemed_at is null) as codes
      from end_user`
  return row
}

/** Until so many of the desk's transactions wait for a row. */
async function waiting(count: number): Promise<void> {
  for (let found = 0; found < count; ) {
    const [row] = await world.database.owner`
      select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`
    found = row?.n ?? 0
  }
}

describe('an account whose e-mail nobody proved', () => {
  test('loses password, sessions, grants and codes before the mailbox’s owner gets it by a code', async () => {
    const { browser: eve, id } = await hijacker()
    expect(await state()).toMatchObject({ proven: false, sessions: 1, grants: 1, codes: 1 })
    const owner = visit()
    await owner.mailCode()
    // Asking alone takes nothing away.
    expect(await eve.whose()).toBe(person.email)
    expect((await owner.enter('00000000')).status).toBe(422)
    expect(await state()).toMatchObject({ proven: false, sessions: 1, grants: 1, codes: 1 })
    expect((await owner.enter(await codeOf(sink))).status).toBe(303)
    expect(await state()).toMatchObject({
      ...{ id, proven: true, password: false },
      ...{ sessions: 1, grants: 0, codes: 0 },
    })
    expect([await eve.whose(), await owner.whose()]).toEqual([null, person.email])
    expect((await eve.signIn()).status).toBe(422)
  })

  test('takes name and password of the owner who signs up', async () => {
    const { browser: eve } = await hijacker()
    const owner = visit()
    await owner.signUp({ password: 'the owner’s own one' })
    expect((await owner.enter(await codeOf(sink))).status).toBe(303)
    expect(await state()).toMatchObject({ name: person.name, proven: true, sessions: 1, grants: 0 })
    expect((await eve.signIn()).status).toBe(422)
    const again = await visit().signIn({ ...person, password: 'the owner’s own one' })
    expect(again.status).toBe(303)
  })

  test('stays as it is for who knows its password, and says that it is not verified', async () => {
    const { browser } = await hijacker()
    await browser.signOut()
    expect((await browser.signIn()).status).toBe(303)
    expect(textOf(await (await browser.ask('/account')).text())).toContain('Not verified')
    expect(await state()).toMatchObject({ proven: false, grants: 1 })
  })

  test('is not kept by a sign-in with the old password that is under way', async () => {
    const { browser: eve } = await hijacker()
    const owner = visit()
    await owner.mailCode()
    const code = await codeOf(sink)
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => visit().signIn()),
      owner.enter(code),
      ...Array.from({ length: 6 }, () => eve.signIn()),
    ])
    expect(answers[6]?.status).toBe(303)
    expect(await state()).toMatchObject({ proven: true, sessions: 1 })
    expect(await owner.whose()).toBe(person.email)
  })

  test('is not kept by a change of its password that is under way', async () => {
    const { browser: eve } = await hijacker()
    const owner = visit()
    await owner.mailCode()
    const code = await codeOf(sink)
    const change = { current: person.password, password: 'the one of eve' }
    const answers = await world.database.owner.begin(async (tx) => {
      await tx`select from end_user for update`
      const entered = owner.enter(code)
      await waiting(1)
      const changed = eve.post('/account/password', change)
      await waiting(2)
      return () => Promise.all([entered, changed])
    })
    expect((await answers()).map(({ status }) => status)).toEqual([303, 422])
    expect(await state()).toMatchObject({ proven: true, password: false, sessions: 1 })
    expect(await owner.whose()).toBe(person.email)
  })
})

test('a proven account keeps password, sessions and grants when its owner uses a code', async () => {
  const first = visit()
  await first.signUp()
  await first.enter(await codeOf(sink))
  const second = visit()
  await second.mailCode()
  expect((await second.enter(await codeOf(sink, 2))).status).toBe(303)
  expect([await first.whose(), await second.whose()]).toEqual([person.email, person.email])
  expect((await visit().signIn()).status).toBe(303)
})
