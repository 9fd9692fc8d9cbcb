import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import { harmless, payloads } from '../hostile/payloads.ts'
import { skeletonOf } from '../hostile/skeleton.ts'
import { join } from '../staff/colleagues.ts'
import { rowVersions } from '../walls/rows.ts'
import { type PlantedEndUser, plantEndUser, plantGrant } from './end-users.ts'
import { plainText } from './page.ts'
import { makePages } from './pages.ts'

const email = 'ana@fjord.example'
let desk: Awaited<ReturnType<typeof makePages>>
let slug: string
/** The same e-mail in both organizations. */
let ana: PlantedEndUser
let theirs: PlantedEndUser
beforeEach(async () => {
  desk = await makePages()
  const { northwind, southwind } = desk.world
  slug = northwind.servers.platform.slug
  ana = await plantEndUser(desk.world, northwind, { email })
  theirs = await plantEndUser(desk.world, southwind, { email, name: 'Canary' })
})
afterEach(() => desk.world.close())

const list = (query = '') => desk.read(`/${slug}/end-users${query}`)
const page = (of = ana) => desk.read(`/${slug}/end-users/${of.id}`)
const post = (path: string, as?: string) =>
  desk.at(`/${slug}/end-users/${path}`, { any: 'thing' }, as)
const namesIn = (text: string) => [...text.matchAll(/<bdi>([^<]*)<\/bdi><\/a>/g)].map(([, n]) => n)
const file = (who: PlantedEndUser) =>
  desk.world.file(desk.world.northwind.servers.platform, { reporter: who.reporter })
const rowsOf = async (table: string, { id }: PlantedEndUser) =>
  Number(
    (
      await desk.world.database.owner.unsafe(
        `select count(*)::int as n from ${table}
          where ${table === 'end_user' ? 'id' : 'end_user_id'} = $1`,
        [id],
      )
    )[0]?.n,
  )

describe('the end-users of a server', () => {
  test('are linked from its page, and are a page of servers that the desk signs in', async () => {
    expect(await desk.read(`/${slug}`)).toContain(`/servers/${slug}/end-users"`)
    const { none, external } = desk.world.northwind.servers
    for (const other of [none.slug, external.slug, desk.world.southwind.servers.platform.slug]) {
      expect((await desk.at(`/${other}/end-users`)).status).toBe(404)
      expect((await desk.at(`/${other}/end-users/${ana.id}`)).status).toBe(404)
      expect(await desk.read(`/${none.slug}`)).not.toContain('/end-users"')
    }
  })

  test('are listed newest first, each with how far their e-mail is proven', async () => {
    const sam = { email: 'sam@fjord.example', name: 'Sam Li', verified: false }
    await plantEndUser(desk.world, desk.world.northwind, sam)
    const text = await list()
    expect(namesIn(text).slice(-2)).toEqual(['Sam Li', 'Ana Lindqvist'])
    expect(plainText(text)).toMatch(/Sam Lisam@fjord\.examplenot verified/)
    expect(text.match(/not verified/g)).toHaveLength(1)
    expect(text).not.toContain('Canary')
    expect(text).not.toContain(theirs.id)
  })

  test('are found by what their e-mail or name begins with', async () => {
    await plantEndUser(desk.world, desk.world.northwind, { email: 'x%y@a.example', name: 'Öst Ö' })
    for (const [q, found] of [
      ['ANA@fj', ['Ana Lindqvist']],
      ['ana li', ['Ana Lindqvist']],
      ['öst', ['Öst Ö']],
      ['x%', ['Öst Ö']],
      ['%', []],
      ['_na', []],
      ['lindqvist', []],
      ['Canary', []],
    ] as const) {
      const text = await list(`?q=${encodeURIComponent(q)}`)
      expect({ q, found: namesIn(text).slice(1) }).toEqual({ q, found: [...found] })
      if (found.length === 0) expect(plainText(text)).toContain(`begins with “${q}”`)
    }
  })

  test('are paged, with none twice and none left out', async () => {
    for (let n = 0; n < 120; n++)
      await plantEndUser(desk.world, desk.world.northwind, { name: `P${n}` })
    const seen: (string | undefined)[] = []
    let next: string | undefined = ''
    for (let pages = 0; next !== undefined && pages < 5; pages++) {
      const text = await list(next)
      seen.push(...namesIn(text).slice(1))
      next = /rel="next" href="[^"?]*(\?[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toEqual([...Array.from({ length: 120 }, (_, n) => `P${119 - n}`), 'Ana Lindqvist'])
    expect(await list('?before=nonsense')).toContain('P119')
  })

  test('say so while there are none', async () => {
    await desk.world.database.owner`delete from end_user where id = ${ana.id}`
    const text = plainText(await list())
    expect(text).toContain('Nobody has signed up yet')
    expect(text).toContain(`http://localhost:3000/s/${slug}`)
  })
})

describe('an end-user’s page', () => {
  test('says who they are, where they are signed in, and which tickets they raised', async () => {
    expect(plainText(await page())).toContain('TicketsNone')
    const number = await file(ana)
    const text = await page()
    const read = plainText(text)
    expect(read).toContain(`E-mail${email} verified`)
    expect(read).toContain(`Subject${ana.id}`)
    expect(read).toContain('Claude Desktop')
    expect(read).toContain('for https://docuapi.example/mcp')
    expect(read).toContain('Firefox on Linux')
    expect(text).toContain(`href="/northwind/tickets?reporter=${number}">1 ticket</a>`)
    const inbox = await desk.world.ask(`/northwind/tickets?reporter=${number}`, {
      cookie: await desk.world.signIn(desk.world.northwind.staff.email),
    })
    expect(plainText(await inbox.text())).toContain('Search fails')
  })

  test('is of one server: an id of another, or none, is not found', async () => {
    for (const id of [theirs.id, newId(), 'ana', ana.signIn, ana.id.toUpperCase()])
      expect((await desk.at(`/${slug}/end-users/${id}`)).status).toBe(404)
  })

  test('is shown to a member, who can end nothing', async () => {
    const sam = await join(desk.world, desk.world.northwind)
    const text = await desk.read(`/${slug}/end-users/${ana.id}`, sam.cookie)
    expect(text).toContain('Claude Desktop')
    expect(text).not.toContain('/removal"')
    const before = await rowVersions(desk.world.database.owner)
    for (const path of [
      'removal',
      'sign-ins/removal',
      `sign-ins/${ana.signIn}/removal`,
      `browsers/${ana.browser}/removal`,
    ])
      expect((await post(`${ana.id}/${path}`, sam.cookie)).status).toBe(404)
    expect(await rowVersions(desk.world.database.owner)).toEqual(before)
  })

  test('has nothing of an expired or revoked sign-in', async () => {
    const { owner } = desk.world.database
    await owner`update oauth_grant set expires_at = now() where id = ${ana.signIn}`
    await owner`update end_user_session set expires_at = now() where id = ${ana.browser}`
    expect(plainText(await page())).toContain('They are signed in nowhere')
  })
})

describe('an owner', () => {
  test('ends the sign-in of a client, which raises no ticket from then on', async () => {
    await file(ana)
    const ended = await post(`${ana.id}/sign-ins/${ana.signIn}/removal`)
    expect([ended.status, ended.headers.get('location')]).toEqual([
      303,
      `/northwind/servers/${slug}/end-users/${ana.id}`,
    ])
    expect(file(ana)).rejects.toThrow('identity_invalid')
    const text = await page()
    expect(text).not.toContain('Claude Desktop')
    expect(text).toContain('Firefox on Linux')
    expect((await post(`${ana.id}/sign-ins/${ana.signIn}/removal`)).status).toBe(404)
  })

  test('ends the sign-in of a browser, and no other', async () => {
    expect((await post(`${ana.id}/browsers/${ana.browser}/removal`)).status).toBe(303)
    const text = await page()
    expect(text).not.toContain('Firefox on Linux')
    expect(text).toContain('Claude Desktop')
    expect((await post(`${ana.id}/browsers/${ana.browser}/removal`)).status).toBe(404)
  })

  test('ends all of one person’s at once, and nobody else’s', async () => {
    const sam = await plantEndUser(desk.world, desk.world.northwind)
    const server = await desk.found(slug)
    const { organizationId } = desk.world.northwind.scope
    await plantGrant(desk.world, { organizationId, serverId: server?.id ?? '', endUserId: ana.id })
    expect(await page()).toContain('End all')
    expect((await post(`${ana.id}/sign-ins/removal`)).status).toBe(303)
    expect(plainText(await page())).toContain('They are signed in nowhere')
    for (const other of [sam, theirs]) expect(await rowsOf('end_user_session', other)).toBe(1)
    expect(plainText(await page(sam))).toContain('Claude Desktop')
  })

  test('ends nothing of one person by the address of another', async () => {
    const sam = await plantEndUser(desk.world, desk.world.northwind)
    const before = await rowVersions(desk.world.database.owner)
    for (const path of [
      `${sam.id}/sign-ins/${ana.signIn}/removal`,
      `${sam.id}/browsers/${ana.browser}/removal`,
      `${ana.id}/sign-ins/${theirs.signIn}/removal`,
      `${ana.id}/browsers/${theirs.browser}/removal`,
      `${theirs.id}/sign-ins/${theirs.signIn}/removal`,
      `${theirs.id}/sign-ins/removal`,
      `${theirs.id}/removal`,
      `${ana.id}/sign-ins/nonsense/removal`,
      `${ana.id}/browsers/nonsense/removal`,
    ])
      expect({ path, status: (await post(path)).status }).toEqual({ path, status: 404 })
    expect(await rowVersions(desk.world.database.owner)).toEqual(before)
  })

  test('deletes an account with its sign-ins and codes; its tickets stay as they are', async () => {
    const number = await file(ana)
    const { owner } = desk.world.database
    for (const organization of [desk.world.northwind, desk.world.southwind])
      await owner`insert into mailed_code select organization_id, mcp_server_id, 'a', 'b', ${email},
          null, null, 5, now() + interval '10 minutes'
        from end_user where email = ${email}
         and organization_id = ${organization.scope.organizationId}`
    const deleted = await post(`${ana.id}/removal`)
    expect([deleted.status, deleted.headers.get('location')]).toEqual([
      303,
      `/northwind/servers/${slug}/end-users`,
    ])
    for (const table of ['end_user', 'end_user_session', 'oauth_grant'])
      expect([await rowsOf(table, ana), await rowsOf(table, theirs)]).toEqual([0, 1])
    const codes = await owner`select organization_id from mailed_code`
    expect(codes.map(({ organization_id }) => organization_id)).toEqual([
      desk.world.southwind.scope.organizationId,
    ])
    const [ticket] = await owner`select reporter_proof, user_email, mcp_user_id from support_ticket
      where organization_id = ${desk.world.northwind.scope.organizationId} and number = ${number}`
    expect(ticket).toEqual({
      reporter_proof: 'signed_in',
      user_email: email,
      mcp_user_id: ana.id,
    })
    expect((await post(`${ana.id}/removal`)).status).toBe(404)
  })
})

test('who was an end-user is one again, when a server comes back to sign-in by the desk', async () => {
  const { owner } = desk.world.database
  await owner`update mcp_server set auth = 'none' where slug = ${slug}`
  expect((await desk.at(`/${slug}/end-users/${ana.id}`)).status).toBe(404)
  await owner`update mcp_server set auth = 'platform' where slug = ${slug}`
  expect(await page()).toContain('Claude Desktop')
})

test('a hostile text in every field leaves the pages as they are', async () => {
  const planted = async (text: string) => {
    const kept = text.replaceAll('\0', '\uFFFD').toWellFormed()
    const { owner } = desk.world.database
    await owner`update end_user set name = ${kept}, email = ${kept} where id = ${ana.id}`
    await owner`update end_user_session set user_agent = ${kept} where id = ${ana.browser}`
    await owner`update oauth_client set name = ${kept} where id = ${`client-of-${ana.id}`}`
    await owner`update oauth_grant set resource = ${kept} where id = ${ana.signIn}`
    const search = await list(
      `?q=${encodeURIComponent(text.toWellFormed())}zz`.replaceAll('%00', ''),
    )
    return skeletonOf((await list()) + (await page()) + search)
  }
  const plain = await planted(harmless)
  for (const text of payloads) expect((await planted(text)).elements).toEqual(plain.elements)
})
