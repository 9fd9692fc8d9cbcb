import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { CheckedTicket, CheckInput } from '#sdk/contract.ts'
import { createServer } from '#src/servers/creating.ts'
import { addKey } from '#src/servers/keys.ts'
import { findServer } from '#src/servers/queries.ts'
import { eraseReporter } from '#src/tickets/erasure/erasing.ts'
import { plantEndUser } from '../servers/end-users.ts'
import { jsonOf, makeWorld, reporter, type TestServer, type World } from '../world.ts'

let world: World
let beside: TestServer
beforeAll(async () => {
  world = await makeWorld()
  const settings = { slug: 'beside', name: 'DocuAPI', auth: 'external' as const, support: true }
  const claims = { issuer: reporter.issuer, audience: 'beside' }
  const given = { ...settings, ...claims, context: 'recent' as const }
  const made = await createServer(world.northwind.scope, given)
  if (!made.ok) throw new Error(made.problem)
  beside = { slug: made.slug, key: made.key, auth: 'external' }
})
afterAll(() => world.close())
beforeEach(async () => {
  const { owner } = world.database
  await owner`delete from rate_bucket`
  await owner`delete from support_ticket`
  await owner`delete from cause`
  await owner`update mcp_server set check_tool_enabled = true, context_level = 'recent'`
})

const ask = (server: TestServer, input: object, key = server.key) =>
  world.ask(`/s/${server.slug}/trpc/support.checkTickets`, { key, json: input })

async function check(server: TestServer, input: CheckInput, key?: string) {
  const response = await ask(server, input, key)
  expect(response.status).toBe(200)
  const { result } = await jsonOf<{ result: { data: { tickets: CheckedTicket[] } } }>(response)
  return result.data.tickets
}
async function refused(server: TestServer, input: object, key?: string) {
  const response = await ask(server, input, key)
  const { error } = await jsonOf<{ error: { data: { code: string } } }>(response)
  return [response.status, error.data.code]
}
const titles = async (...of: Parameters<typeof check>) =>
  (await check(...of)).map(({ title }) => title)

const servers = () => world.northwind.servers
const none = () => servers().none
const external = () => servers().external
const ana = { issuer: reporter.issuer, subject: reporter.subject }
const sam = { issuer: reporter.issuer, subject: 'u-2' }
const inSession = (sessionId: string) => ({ context: { calls: [], sessionId } })
const publishable = async (server: TestServer) => {
  const row = await findServer(world.northwind.scope, server.slug)
  const added = await addKey(world.northwind.scope, `${row?.id}`, 'publishable')
  if (!added.ok) throw new Error('no key')
  return added.key
}

describe('somebody the server vouches for', () => {
  test('sees their tickets at this server, as the receipts named them', async () => {
    const number = await world.file(external(), { title: 'Invoice is empty' })
    expect(await check(external(), { reporter: ana })).toEqual([
      {
        reference: `BILLING-NORTHWIND-${number}`,
        title: 'Invoice is empty',
        status: 'open',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    ])
  })

  test('sees nobody else’s, whatever else is the same', async () => {
    await world.file(external(), inSession('s-1'))
    await world.file(none(), inSession('s-1'))
    await world.file(beside, inSession('s-1'))
    await world.file(world.southwind.servers.external, inSession('s-1'))
    const others: CheckInput[] = [
      { reporter: sam },
      { reporter: { ...sam, email: reporter.email, name: reporter.name } },
      { reporter: sam, sessionId: 's-1' },
    ]
    for (const input of others) expect(await check(external(), input)).toEqual([])
    expect(await check(external(), { reporter: ana })).toHaveLength(1)
    expect(await check(beside, { reporter: ana })).toHaveLength(1)
  })

  test('is who the issuer of the server says, and nobody by a session or an address', async () => {
    await world.file(external(), inSession('s-1'))
    const foreign = { ...ana, issuer: 'https://id.elsewhere.example' }
    expect(await refused(external(), { reporter: foreign })).toEqual([401, 'identity_invalid'])
    const nobody = [{}, { sessionId: 's-1' }, { email: reporter.email }, { reporter: {} }]
    for (const input of nobody) expect((await refused(external(), input))[0]).toBeOneOf([401, 422])
    const key = await publishable(external())
    expect(await refused(external(), { reporter: ana }, key)).toEqual([401, 'identity_invalid'])
    expect(await check(external(), { sessionId: 's-1' }, key)).toEqual([])
  })

  test('asks for one ticket by its name, and hears of no other’s whether it is there', async () => {
    const mine = await world.file(external(), { title: 'Invoice is empty' })
    await world.file(external(), { title: 'Refund never arrives' })
    const theirs = await world.file(external(), { title: 'Logo is missing', reporter: sam })
    const elsewhere = await world.file(beside, { title: 'Wrong currency' })
    const named = (reference: string) => titles(external(), { reporter: ana, reference })
    for (const name of [`BILLING-NORTHWIND-${mine}`, `billing-northwind-${mine}`, `#${mine}`])
      expect(await named(name)).toEqual(['Invoice is empty'])
    const others = [`${theirs}`, `${elsewhere}`, `BESIDE-${mine}`, '9999', 'nonsense', '0', '-1']
    await world.database.owner`delete from rate_bucket`
    for (const name of others) expect(await named(name)).toEqual([])
    expect(await named('')).toEqual(['Refund never arrives', 'Invoice is empty'])
    expect((await ask(external(), { reporter: ana, reference: 'x'.repeat(61) })).status).toBe(422)
  })

  test('is told of the five newest, newest first', async () => {
    const all = ['Invoice is empty', 'Refund never arrives', 'Logo is missing', 'Wrong currency']
    all.push('Cannot cancel my plan', 'Export stops at page two', 'Webhook is sent twice')
    for (const title of all) await world.file(external(), { title })
    expect(await titles(external(), { reporter: ana })).toEqual(all.slice(2).reverse())
  })
})

describe('a session', () => {
  test('sees what was raised in it by nobody in particular, at this server', async () => {
    await world.file(none(), { title: 'Search fails', ...inSession('s-1') })
    await world.file(none(), { title: 'Pages are empty', ...inSession('s-2') })
    expect(await titles(none(), { sessionId: 's-1' })).toEqual(['Search fails'])
    expect(await titles(world.southwind.servers.none, { sessionId: 's-1' })).toEqual([])
    expect(await titles(none(), { sessionId: 's-3' })).toEqual([])
  })

  test('is all there is where nobody signs in: no address, and no claim', async () => {
    await world.file(none(), inSession('s-1'))
    expect(await check(none(), {})).toEqual([])
    expect(await check(none(), { email: reporter.email } as CheckInput)).toEqual([])
    expect(await refused(none(), { reporter: ana })).toEqual([401, 'identity_invalid'])
    expect(await refused(none(), { reporter: ana, sessionId: 's-1' })).toEqual([
      401,
      'identity_invalid',
    ])
  })

  test('does not see what somebody proved to have raised, also once nobody signs in', async () => {
    await world.file(external(), inSession('s-1'))
    const { owner } = world.database
    const { slug } = external()
    await owner`update mcp_server set auth = 'none', issuer = null, audience = null where slug = ${slug}`
    expect(await check(external(), { sessionId: 's-1' })).toEqual([])
    await owner`update mcp_server set auth = 'external', issuer = ${reporter.issuer}, audience = 'x'
      where slug = ${slug}`
  })
})

test('whom the desk signs in sees their tickets while they are signed in', async () => {
  const { platform } = servers()
  const mira = await plantEndUser(world, world.northwind)
  const leo = await plantEndUser(world, world.northwind)
  await world.file(platform, { title: 'Vault is locked', reporter: mira.reporter })
  expect(await titles(platform, { reporter: mira.reporter })).toEqual(['Vault is locked'])
  expect(await titles(platform, { reporter: leo.reporter })).toEqual([])
  const { sid, ...unsigned } = mira.reporter
  const wrong = [
    unsigned,
    { ...mira.reporter, sid: leo.signIn },
    { ...leo.reporter, subject: mira.id },
  ]
  for (const one of wrong)
    expect(await refused(platform, { reporter: one })).toEqual([401, 'identity_invalid'])
  await world.database.owner`update oauth_grant set revoked_at = now() where id = ${sid}`
  expect(await refused(platform, { reporter: mira.reporter })).toEqual([401, 'identity_invalid'])
})

describe('a ticket', () => {
  const statusOf = async (sessionId: string) =>
    (await check(none(), { sessionId })).map(({ status }) => status)
  const set = (number: number, columns: Record<string, unknown>) => {
    const { owner } = world.database
    return owner`update support_ticket set ${owner(columns)} where number = ${number}
      and organization_id = ${world.northwind.scope.organizationId}`
  }

  test('is as far as staff have got, and open where they hold it for spam', async () => {
    const number = await world.file(none(), inSession('s-1'))
    for (const status of ['in_progress', 'closed', 'open']) {
      await set(number, { status })
      expect(await statusOf('s-1')).toEqual([status as CheckedTicket['status']])
    }
    await set(number, { status: 'spam' })
    expect(await statusOf('s-1')).toEqual(['open'])
  })

  test('that was merged is as far as the other one, of which it tells nothing else', async () => {
    const merged = await world.file(none(), { title: 'Search fails', ...inSession('s-1') })
    const other = { title: 'Index is away', email: 'sam@fjord.example', ...inSession('s-2') }
    const target = await world.file(none(), other)
    await set(merged, { merged_into: target, status: 'closed' })
    await set(target, { status: 'in_progress' })
    const [seen] = await check(none(), { sessionId: 's-1' })
    expect(seen).toMatchObject({ title: 'Search fails', status: 'in_progress' })
    expect(seen?.reference).toEndWith(`-${merged}`)
    expect(JSON.stringify(seen)).not.toContain('Index')
    await set(target, { status: 'spam' })
    expect(await statusOf('s-1')).toEqual(['open'])
  })

  test('whose reporter was erased is nobody’s', async () => {
    const number = await world.file(none(), inSession('s-1'))
    const verified = await world.file(external(), { title: 'Invoice is empty' })
    const { scope, staff } = world.northwind
    for (const one of [number, verified])
      await eraseReporter(scope, { number: one, words: false, staffId: staff.id })
    expect(await check(none(), { sessionId: 's-1' })).toEqual([])
    expect(await check(external(), { reporter: ana })).toEqual([])
  })

  test('has no character that nobody sees, and one line', async () => {
    await world.file(none(), { title: 'Fails\u202e\n\u200bnow\u{e0041}!', ...inSession('s-1') })
    expect(await titles(none(), { sessionId: 's-1' })).toEqual(['Fails now!'])
  })

  describe('of a cause', () => {
    const plantCause = async (number: number) => {
      const { owner } = world.database
      const { organizationId } = world.northwind.scope
      await owner`
        insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, created_at)
        select organization_id, ${number}, mcp_server_id, ${Buffer.from(`print ${number}`)},
               'search_docs', '401 from …', now()
          from support_ticket where organization_id = ${organizationId} and number = ${number}
        on conflict do nothing`
      await set(number, { cause: number })
      let version = 0
      return (body: string | null, link: string | null = null) => owner`
        insert into cause_answer (organization_id, cause, version, body, link, staff_id, created_at)
        values (${organizationId}, ${number}, ${++version}, ${body}, ${link},
                ${world.northwind.staff.id}, now())`
    }
    const answers = async (sessionId: string) =>
      (await check(none(), { sessionId })).map(({ answer }) => answer)

    test('has the answer that counts now, until it is taken back', async () => {
      const pin = await plantCause(await world.file(none(), inSession('s-1')))
      expect(await answers('s-1')).toEqual([undefined])
      await pin('Wait a minute.')
      await pin('Renew the key.\u200b', 'https://docuapi.example/keys')
      expect(await answers('s-1')).toEqual(['Renew the key.\nMore: https://docuapi.example/keys'])
      await pin(null)
      expect(await answers('s-1')).toEqual([undefined])
    })

    test('has that of the ticket it was merged into where it has no cause itself', async () => {
      const merged = await world.file(none(), { title: 'Search fails', ...inSession('s-1') })
      const other = { title: 'Index is away', email: 'sam@fjord.example', ...inSession('s-2') }
      const target = await world.file(none(), other)
      await set(merged, { merged_into: target, status: 'closed' })
      const pin = await plantCause(target)
      await pin('Renew the key.')
      expect(await answers('s-1')).toEqual(['Renew the key.'])
    })
  })
})

describe('tickets are looked up', () => {
  test('where staff have switched it on, and not otherwise', async () => {
    const { owner } = world.database
    const input = { sessionId: 's-1' }
    expect(await check(none(), input)).toEqual([])
    await owner`update mcp_server set context_level = 'off'`
    expect(await refused(none(), input)).toEqual([403, 'support_disabled'])
    expect(await check(external(), { reporter: ana })).toEqual([])
    await owner`update mcp_server set check_tool_enabled = false, context_level = 'recent'`
    expect(await refused(none(), input)).toEqual([403, 'support_disabled'])
    expect(await refused(external(), { reporter: ana })).toEqual([403, 'support_disabled'])
    await owner`update mcp_server set check_tool_enabled = true`
    expect(await refused(servers().quiet, input)).toEqual([403, 'support_disabled'])
  })

  test('in the body of a request, so that no log of addresses tells who asks', async () => {
    const { slug, key } = none()
    const input = encodeURIComponent(JSON.stringify({ sessionId: 's-1' }))
    const path = `/s/${slug}/trpc/support.checkTickets?input=${input}`
    expect((await world.ask(path, { key })).status).toBe(400)
  })

  test('ten times at once by one who asks; another, and a ticket, wait for nobody', async () => {
    const input = { reporter: ana }
    for (let times = 0; times < 10; times++) await check(external(), input)
    const response = await ask(external(), input)
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeWithin(1, 31)
    expect(await check(external(), { reporter: sam })).toEqual([])
    await world.file(external())
  })

  test('by a publishable key twenty times at once, however many sessions ask', async () => {
    const key = await publishable(none())
    for (let times = 0; times < 20; times++) await check(none(), { sessionId: `s-${times}` }, key)
    expect(await refused(none(), { sessionId: 's-20' }, key)).toEqual([429, 'too_many'])
    expect(await check(none(), { sessionId: 's-20' })).toEqual([])
  })
})
