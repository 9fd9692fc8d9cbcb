import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { joinByInvitation, joinWithAccount } from '#src/staff/invitations/accepting.ts'
import { plantSession } from '../walls/facts.ts'
import { type Ask, makeWorld, password, type World } from '../world.ts'
import { atOnce, join, outsider, rolesIn } from './colleagues.ts'

let world: World
let cookie: string
beforeEach(async () => {
  world = await makeWorld()
  cookie = (await plantSession(world, world.northwind.staff.id)).cookie
})
afterEach(() => world.close())

/** Makes an invitation as the owner does, and reads its link where it is shown. */
async function invite(role = 'member', by = cookie): Promise<string> {
  const response = await world.ask('/northwind/invitations', { cookie: by, form: { role } })
  expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store'])
  const [, token = ''] =
    /value="http:\/\/localhost:3000\/invitations\/([\w-]+)"/.exec(await response.text()) ?? []
  expect(token).toHaveLength(43)
  return token
}
const open = (token: string, ask: Ask = {}) => world.ask(`/invitations/${token}`, ask)
const account = (more = {}) => ({ name: 'Kim Dahl', email: 'Kim@Dahl.example', password, ...more })
const accept = (token: string, form: Record<string, string> = account(), ask: Ask = {}) =>
  world.ask(`/invitations/${token}`, { form, ...ask })
const roles = () => rolesIn(world, world.northwind)
const accounts = async () =>
  Number((await world.database.owner`select count(*) from staff`)[0]?.count)
const pending = async () => await world.database.owner`select id, token_hash from invitation`

describe('an invitation', () => {
  test('makes an account, joins it and signs it in', async () => {
    const token = await invite()
    const shown = await (await open(token)).text()
    expect(shown).toContain('Mira Okafor')
    expect(shown).toContain('autocomplete="new-password"')
    const response = await accept(token)
    expect(response.headers.get('location')).toBe('/northwind/tickets')
    const mine = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await (await world.ask('/northwind/tickets', { cookie: mine })).text()).toContain(
      'Kim Dahl',
    )
    expect(await world.signIn('kim@dahl.example')).toContain('mcp_obs_session')
  })

  test('gives the role that was chosen, whatever the form says', async () => {
    for (const role of ['member', 'owner']) {
      const before = await roles()
      await accept(await invite(role), account({ email: `${role}@dahl.example`, role: 'owner' }))
      const added = Object.entries(await roles()).filter(([id]) => !(id in before))
      expect(added.map(([, given]) => given)).toEqual([role])
    }
  })

  test('is joined by one button of who is signed in, once', async () => {
    const token = await invite('owner')
    const kim = await outsider(world, 'kim@dahl.example', password)
    const { cookie: theirs } = await plantSession(world, kim.id)
    const page = await (await open(token, { cookie: theirs })).text()
    expect(page).toContain('kim@dahl.example')
    expect(page).not.toContain('type="password"')
    const response = await accept(token, { join: '' }, { cookie: theirs })
    expect(response.headers.get('location')).toBe('/northwind/tickets')
    expect((await roles())[kim.id]).toBe('owner')
    expect((await world.ask('/northwind/tickets', { cookie: theirs })).status).toBe(200)
    expect(await (await world.ask('/organizations', { cookie: theirs })).text()).toContain(
      '/southwind/',
    )
    expect((await open(token)).status).toBe(404)
  })

  test('leads who has an account but is signed out to sign in, and back', async () => {
    const token = await invite()
    const [, next = ''] =
      /href="(\/sign-in\?next=[^"]+)"/.exec(await (await open(token)).text()) ?? []
    expect(new URL(next, 'http://x').searchParams.get('next')).toBe(`/invitations/${token}`)
    await outsider(world, 'kim@dahl.example', password)
    const form = { email: 'kim@dahl.example', password, next: `/invitations/${token}` }
    const response = await world.ask('/sign-in', { form })
    expect(response.headers.get('location')).toBe(`/invitations/${token}`)
  })

  test('makes no second account for an e-mail that has one, and is not used up by it', async () => {
    const token = await invite()
    await outsider(world, 'kim@dahl.example', password)
    const before = await accounts()
    const response = await accept(token)
    expect(response.status).toBe(422)
    expect(response.headers.get('set-cookie')).toBeNull()
    const text = await response.text()
    expect(text).toMatch(/id="email-problem">There is an account with this e-mail/)
    expect(text).toContain('value="Kim Dahl"')
    expect(text).not.toContain(password)
    expect(await accounts()).toBe(before)
    expect((await open(token)).status).toBe(200)
  })

  test('is not used up by who belongs to it already, and does not change their role', async () => {
    const token = await invite('owner')
    const sam = await join(world, world.northwind)
    expect(await (await open(token, sam)).text()).toContain('belong to it already')
    expect((await accept(token, { join: '' }, { cookie: sam.cookie })).status).toBe(303)
    expect((await roles())[sam.id]).toBe('member')
    expect((await open(token)).status).toBe(200)
  })

  test('is what someone in no organization is told to ask for', async () => {
    const kim = await outsider(world, 'kim@dahl.example', password)
    await world.database.owner`delete from membership where staff_id = ${kim.id}`
    const text = await (await world.ask('/organizations', await plantSession(world, kim.id))).text()
    expect(text).toContain('invitation link')
    expect(text).not.toContain('staff create')
  })

  test('without a session and without an account joins nobody', async () => {
    const token = await invite()
    const before = await roles()
    expect((await accept(token, { join: '' })).status).toBe(401)
    expect(await roles()).toEqual(before)
  })

  test('works once, also for many at once', async () => {
    const token = await invite()
    const before = await accounts()
    const answers = await atOnce(world, 'invitation', () =>
      Array.from({ length: 8 }, (_, n) => accept(token, account({ email: `k${n}@dahl.example` }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(404)])
    expect(await accounts()).toBe(before + 1)
    expect(Object.keys(await roles())).toHaveLength(2)
  })

  test('that was used, ran out, was revoked or never was looks the same, and joins nobody', async () => {
    const { owner } = world.database
    const used = await invite()
    await accept(used)
    const revoked = await invite()
    const [row] = await pending()
    const path = `/northwind/invitations/${row?.id}/removal`
    expect((await world.ask(path, { cookie, form: { a: '' } })).status).toBe(303)
    const over = await invite()
    await owner`update invitation set expires_at = now() - interval '1 second'`
    const before = await roles()
    const unknown = 'A'.repeat(43)
    const said = new Set<string>()
    for (const token of [used, revoked, over, unknown, over.slice(0, -1)])
      for (const response of [
        await open(token),
        await accept(token, account({ email: 'eve@evil.example' })),
      ]) {
        expect(response.status).toBe(404)
        said.add((await response.text()).replaceAll(token, ''))
      }
    const { id } = world.southwind.staff
    expect(await joinByInvitation(world.database, over, id)).toMatchObject({ reason: 'gone' })
    expect(await joinWithAccount(world.database, over, account())).toMatchObject({ reason: 'gone' })
    const list = await (await world.ask('/northwind/members', { cookie })).text()
    expect(list).not.toContain('Not used yet')
    expect(said.size).toBe(1)
    expect([...said][0]).toContain('This invitation can’t be used')
    expect(await roles()).toEqual(before)
  })

  test('lasts seven days', async () => {
    await invite()
    const [row] = await world.database.owner`
      select expires_at - created_at = interval '7 days' as week from invitation`
    expect(row?.week).toBe(true)
  })

  test('is stored as a hash, which opens nothing, and shown once', async () => {
    const token = await invite()
    const [row] = await pending()
    expect(sha256(token).equals(row?.token_hash)).toBe(true)
    expect((await open(row?.token_hash.toString('base64url'))).status).toBe(404)
    const list = await (await world.ask('/northwind/members', { cookie })).text()
    expect(list).toContain('Not used yet')
    expect(list).not.toContain(token)
  })

  test('can’t be guessed without being slowed, and then not even a right one is taken', async () => {
    const token = await invite()
    const answers = []
    for (let n = 0; n < 32; n++) answers.push((await open(`guess-${n}`)).status)
    expect(answers.slice(0, 30)).toEqual(Array(30).fill(404))
    expect(answers.slice(30)).toEqual([429, 429])
    expect((await accept(token)).status).toBe(429)
    await world.database
      .owner`update attempt_bucket set updated_at = updated_at - interval '1 hour'`
    expect((await accept(token)).status).toBe(303)
  })
})

describe('inviting', () => {
  test('is for owners: a member makes none, sees none, and revokes none', async () => {
    await invite()
    const sam = await join(world, world.northwind)
    await world.database
      .owner`delete from invitation where invited_by <> ${world.northwind.staff.id}`
    const before = await pending()
    const asked = [
      await world.ask('/northwind/invitations', { cookie: sam.cookie, form: { role: 'owner' } }),
      ...(await Promise.all(
        before.map(({ id }) =>
          world.ask(`/northwind/invitations/${id}/removal`, {
            cookie: sam.cookie,
            form: { a: '' },
          }),
        ),
      )),
    ]
    for (const { status } of asked) expect(status).toBe(404)
    expect(await pending()).toEqual(before)
    const page = await (await world.ask('/northwind/members', sam)).text()
    for (const { id } of before) expect(page).not.toContain(id)
  })

  test('of one organization is not revoked or seen by another’s owner', async () => {
    const token = await invite()
    const [row] = await pending()
    const theirs = (await plantSession(world, world.southwind.staff.id)).cookie
    for (const organization of ['southwind', 'northwind']) {
      const path = `/${organization}/invitations/${row?.id}/removal`
      expect((await world.ask(path, { cookie: theirs, form: { a: '' } })).status).toBe(404)
    }
    const page = await (await world.ask('/southwind/members', { cookie: theirs })).text()
    expect(page).not.toContain(String(row?.id))
    expect((await open(token)).status).toBe(200)
  })

  test('takes no role but owner and member', async () => {
    for (const role of ['admin', ''])
      expect((await world.ask('/northwind/invitations', { cookie, form: { role } })).status).toBe(
        422,
      )
    expect(await pending()).toHaveLength(0)
  })
})
