import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { Receipt } from '#sdk/contract.ts'
import { inScope } from '#src/db/scope.ts'
import { revokeAll, revokeGrant } from '#src/identity/grants/revoking.ts'
import { newId } from '#src/lib/ids.ts'
import { createServer } from '#src/servers/creating.ts'
import { addKey } from '#src/servers/keys.ts'
import { findServer } from '#src/servers/queries.ts'
import { type PlantedEndUser, plantEndUser } from '../servers/end-users.ts'
import { jsonOf, makeWorld, type TestServer, type World } from '../world.ts'

let world: World
/** The same e-mail, at the platform servers of both organizations and at a second one of northwind. */
let ana: PlantedEndUser
let sam: PlantedEndUser
let anaElsewhere: PlantedEndUser
let anaBeside: PlantedEndUser
let beside: TestServer

beforeAll(async () => {
  world = await makeWorld()
  const made = await createServer(world.northwind.scope, {
    slug: 'second-northwind',
    name: 'DocuAPI',
    auth: 'platform',
    support: true,
    context: 'off',
  })
  if (!made.ok) throw new Error(made.problem)
  beside = { slug: made.slug, key: made.key, auth: 'platform' }
  const email = 'ana@fjord.example'
  ana = await plantEndUser(world, world.northwind, { email })
  sam = await plantEndUser(world, world.northwind, { email: 'sam@fjord.example', name: 'Sam Li' })
  const name = 'Ana of Southwind'
  anaElsewhere = await plantEndUser(world, world.southwind, { email, name })
  anaBeside = await plantEndUser(world, world.northwind, { email, server: beside, name: 'Ana Two' })
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.owner`delete from rate_bucket`
  await world.database.owner`update oauth_grant
    set revoked_at = null, expires_at = now() + interval '30 days'`
})

const words = { title: 'Search fails', description: 'Every search ends in 403.' }
const post = (json: Record<string, unknown>, more: { key?: string; idempotency?: string } = {}) => {
  const { slug, key } = world.northwind.servers.platform
  return world.ask(`/s/${slug}/api/support`, {
    key: more.key ?? key,
    json: { ...words, ...json },
    ...(more.idempotency && { headers: { 'idempotency-key': more.idempotency } }),
  })
}
const stored = async (response: Response, from = world.northwind) => {
  const number = Number((await jsonOf<Receipt>(response)).reference.split('-').at(-1))
  const [row] = await world.database.owner`select * from support_ticket
    where organization_id = ${from.scope.organizationId} and number = ${number}`
  return row
}
const tickets = async () =>
  (await world.database.owner`select user_email from support_ticket`).length

/** Refused with 401, and nothing is left of it: no ticket, no e-mail. */
async function refused(response: Response, code = 'identity_invalid') {
  expect(response.status).toBe(401)
  const problem = await jsonOf<{ code: string; detail?: string }>(response)
  expect(problem.code).toBe(code)
  return problem.detail
}

const serverId = async () => {
  const { slug } = world.northwind.servers.platform
  return (await findServer(world.northwind.scope, slug))?.id ?? ''
}
const minutes = (n: number) => new Date(Date.now() + n * 60_000)

describe('an end-user whom the desk signed in', () => {
  test('raises a ticket as who their account is, whatever the request says', async () => {
    const claimed = { email: 'boss@fjord.example', name: 'The Boss' }
    const response = await post({
      email: 'other@fjord.example',
      reporter: { ...ana.reporter, ...claimed },
    })
    expect(response.status).toBe(201)
    expect(await stored(response)).toMatchObject({
      reporter_proof: 'signed_in',
      mcp_user_issuer: ana.reporter.issuer,
      mcp_user_id: ana.id,
      user_email: 'ana@fjord.example',
      user_name: 'Ana Lindqvist',
    })
  })

  test('is another person at another server, with the same e-mail', async () => {
    const { slug, key } = world.southwind.servers.platform
    const json = { ...words, reporter: anaElsewhere.reporter }
    const response = await world.ask(`/s/${slug}/api/support`, { key, json })
    expect(response.status).toBe(201)
    expect(await stored(response, world.southwind)).toMatchObject({
      mcp_user_id: anaElsewhere.id,
      user_name: 'Ana of Southwind',
    })
  })

  test('is slowed by issuer and subject, whichever sign-in is used', async () => {
    for (let n = 0; n < 10; n++) expect((await post({ reporter: ana.reporter })).status).toBe(201)
    expect((await post({ reporter: ana.reporter })).status).toBe(429)
    expect((await post({ reporter: sam.reporter })).status).toBe(201)
  })
})

describe('no ticket is filed for', () => {
  const before = { tickets: 0 }
  beforeEach(async () => {
    before.tickets = await tickets()
  })

  type Claim = () => Record<string, unknown>
  const forged: [string, Claim][] = [
    ['the issuer of another organization', () => ({ issuer: anaElsewhere.reporter.issuer })],
    ['the issuer of another server', () => ({ issuer: anaBeside.reporter.issuer })],
    ['the desk as the issuer', () => ({ issuer: 'http://localhost:3000' })],
    ['an issuer of anybody', () => ({ issuer: 'https://login.example.com' })],
    ['the issuer with a slash more', () => ({ issuer: `${ana.reporter.issuer}/` })],
    ['the issuer in other letters', () => ({ issuer: ana.reporter.issuer.toUpperCase() })],
    ['a sign-in at another organization', () => ({ sid: anaElsewhere.signIn })],
    ['all that holds at another organization', () => anaElsewhere.reporter],
    [
      'person and sign-in of another organization',
      () => ({ ...anaElsewhere.reporter, issuer: ana.reporter.issuer }),
    ],
    ['a sign-in at another server', () => ({ sid: anaBeside.signIn })],
    [
      'person and sign-in of another server',
      () => ({ ...anaBeside.reporter, issuer: ana.reporter.issuer }),
    ],
    ['the sign-in of another person', () => ({ sid: sam.signIn })],
    ['another person by one’s own sign-in', () => ({ subject: sam.id })],
    ['a person in other letters', () => ({ subject: ana.id.toUpperCase() })],
    ['the e-mail as the subject', () => ({ subject: 'ana@fjord.example' })],
    ['a sign-in that never was', () => ({ sid: newId() })],
    ['a sign-in that is none', () => ({ sid: "' or true" })],
    ['a browser’s session as the sign-in', () => ({ sid: ana.browser })],
    ['no sign-in', () => ({ sid: undefined })],
    ['an empty sign-in', () => ({ sid: '' })],
    ['a sign-in that is a list', () => ({ sid: [ana.signIn] })],
  ]
  test.each(forged)('%s', async (_, claim) => {
    const response = await post({
      email: 'ana@fjord.example',
      reporter: { ...ana.reporter, email: 'ana@fjord.example', ...claim() },
    })
    expect(await refused(response)).toContain('They have to sign in again')
    expect(await tickets()).toBe(before.tickets)
  })

  test('an e-mail alone', async () => {
    await refused(await post({ email: 'ana@fjord.example' }), 'identity_required')
    expect(await tickets()).toBe(before.tickets)
  })

  test('a person named with a publishable key', async () => {
    const made = await addKey(world.northwind.scope, await serverId(), 'publishable')
    if (!made.ok) throw new Error(made.problem)
    await refused(await post({ email: ana.email, reporter: ana.reporter }, { key: made.key }))
    expect(await tickets()).toBe(before.tickets)
  })

  test('an end-user of a server that signs them in otherwise now', async () => {
    const { owner } = world.database
    const { slug } = world.northwind.servers.platform
    await owner`update mcp_server set auth = 'external', issuer = 'https://login.example.com',
      audience = 'x' where slug = ${slug}`
    await refused(await post({ reporter: ana.reporter }))
    await owner`update mcp_server set auth = 'none', issuer = null, audience = null
      where slug = ${slug}`
    await refused(await post({ email: ana.email, reporter: ana.reporter }))
    await owner`update mcp_server set auth = 'platform' where slug = ${slug}`
    expect(await tickets()).toBe(before.tickets)
    expect((await post({ reporter: ana.reporter })).status).toBe(201)
  })

  test('a deleted account', async () => {
    const gone = await plantEndUser(world, world.northwind)
    await world.database.owner`delete from end_user where id = ${gone.id}`
    await refused(await post({ reporter: gone.reporter }))
    expect(await tickets()).toBe(before.tickets)
  })
})

describe('a sign-in that has ended', () => {
  const revoke = async () =>
    revokeGrant(world.northwind.scope, await serverId(), ana.id, ana.signIn)

  test('takes no ticket any more, from the moment it is revoked', async () => {
    expect((await post({ reporter: ana.reporter })).status).toBe(201)
    expect(await revoke()).toBe(true)
    const count = await tickets()
    for (const raisedAt of [undefined, minutes(0).toISOString(), minutes(60).toISOString()])
      expect(await refused(await post({ reporter: ana.reporter, raisedAt }))).toContain('sign in')
    expect(await tickets()).toBe(count)
  })

  test('takes none after its time either', async () => {
    await world.database.owner`update oauth_grant set expires_at = now() where id = ${ana.signIn}`
    await refused(await post({ reporter: ana.reporter }))
  })

  test('still takes what was raised before and waited in a queue', async () => {
    const { owner } = world.database
    await owner`update oauth_grant set revoked_at = ${minutes(-10)} where id = ${ana.signIn}`
    const raised = (n: number) =>
      post({ reporter: ana.reporter, raisedAt: minutes(n).toISOString() })
    expect((await raised(-11)).status).toBe(201)
    await refused(await raised(-9))
    await owner`update oauth_grant set revoked_at = null, expires_at = ${minutes(-10)}
      where id = ${ana.signIn}`
    expect((await raised(-11)).status).toBe(201)
    await refused(await raised(-9))
  })

  test('ends others of the same person with it only where all are ended', async () => {
    expect(await revoke()).toBe(true)
    const again = await plantEndUser(world, world.northwind)
    expect((await post({ reporter: again.reporter })).status).toBe(201)
    await revokeAll(world.northwind.scope, await serverId(), again.id)
    await refused(await post({ reporter: again.reporter }))
  })

  test('answers the retry of a ticket that was filed', async () => {
    const once = { idempotency: 'before-it-ended' }
    const first = await post({ reporter: ana.reporter }, once)
    await revoke()
    const again = await post({ reporter: ana.reporter }, once)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(await again.json()).toEqual(await first.json())
    await refused(await post({ reporter: ana.reporter }, { idempotency: 'after-it-ended' }))
  })

  test('is answered as ended only when no ticket of it is on its way', async () => {
    const { owner } = world.database
    const { organizationId } = world.northwind.scope
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    // The organization's counter is the last a ticket takes.
    const holder = inScope(world.northwind.scope, async (tx) => {
      await tx.execute(`select 1 from organization_counter
        where organization_id = '${organizationId}' for update`)
      await held
    })
    const filing = post({ reporter: ana.reporter, title: 'The vault is sealed' })
    const waits = async (n: number) => {
      for (;;) {
        const [row] = await owner`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        if (row?.n >= n) return
        await Bun.sleep(5)
      }
    }
    await waits(1)
    const revoking = revoke()
    await waits(2)
    release()
    const [response, revoked] = await Promise.all([filing, revoking, holder])
    expect([response.status, revoked]).toEqual([201, true])
    await refused(await post({ reporter: ana.reporter }))
  })
})
