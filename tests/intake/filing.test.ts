import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Receipt } from '#sdk/contract.ts'
import { limits } from '#sdk/limits.ts'
import { jsonOf, makeWorld, reporter, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const ticket = {
  title: 'Search fails',
  description: 'Every search ends in 403.',
  email: 'Ana@Fjord.example',
}
const post = (json: unknown, headers: Record<string, string> = {}) => {
  const { slug, key } = world.northwind.servers.none
  return world.ask(`/s/${slug}/api/support`, { key, json, headers })
}
const stored = async (response: Response) => {
  const { reference } = await jsonOf<Receipt>(response)
  const number = Number(reference.split('-').at(-1))
  const [row] = await world.database.owner`
    select t.*, c.context_data from support_ticket t
      left join ticket_context c on c.organization_id = t.organization_id and c.ticket_id = t.id
     where t.organization_id = ${world.northwind.scope.organizationId} and t.number = ${number}`
  return row
}
const count = async () =>
  Number((await world.database.owner`select count(*) from support_ticket`)[0]?.count)

describe('a ticket that arrives', () => {
  test('is answered with its reference and stored with context and event', async () => {
    const response = await post({
      ...ticket,
      category: 'bug',
      context: {
        calls: [
          { tool: 'list_spaces', at: '2026-11-22T10:00:00Z', durationMs: 5, outcome: 'ok' },
          {
            tool: 'search_docs',
            at: '2026-11-22T10:00:01Z',
            durationMs: 41,
            outcome: 'error',
            arguments: { query: 'checklist', token: 'abc' },
            error: '403 forbidden\nmissing scope docs:search',
          },
        ],
        client: { name: 'Claude Desktop', version: '1.4.2' },
      },
    })
    expect(response.status).toBe(201)
    const row = await stored(response)
    expect(row).toMatchObject({
      number: 1,
      title: 'Search fails',
      category: 'Bug',
      user_email: 'ana@fjord.example',
      reporter_proof: 'email',
      user_agent: 'Claude Desktop 1.4.2',
      failed_tool: 'search_docs',
      failed_error: '403 forbidden',
      trail: 'ox',
      status: 'open',
    })
    expect(row?.context_data.calls[1].arguments.query).toBe('checklist')
    expect(JSON.stringify(row?.context_data)).not.toContain('abc')
    const events = await world.database.owner`select action from ticket_event`
    expect(events.map(({ action }) => action)).toEqual(['filed'])
  })

  test('has its secrets taken out again, also from what was typed', async () => {
    const response = await post({
      ...ticket,
      title: 'Key sk_live_4eC39HqLyjWDarjtT1zdp7dc fails',
      description: 'I used Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    })
    const row = await stored(response)
    expect(row?.title).not.toContain('4eC39HqLyjWDarjtT1zdp7dc')
    expect(row?.description).not.toContain('eyJhbGciOiJIUzI1NiJ9')
  })

  test('keeps NUL and lone surrogates as replacement characters', async () => {
    const response = await post({ ...ticket, description: 'a\u0000b \ud800 c' })
    expect((await stored(response))?.description).toBe('a\uFFFDb \uFFFD c')
  })

  test('of an unknown category goes to Other', async () => {
    const response = await post({ ...ticket, category: 'Retired category' })
    expect((await stored(response))?.category).toBe('Other')
  })

  test('counts its numbers without gaps, per organization', async () => {
    const first = await world.file(world.northwind.servers.none, { email: 'gap@fjord.example' })
    const other = await world.file(world.southwind.servers.none)
    const second = await world.file(world.northwind.servers.external)
    expect([other, second - first]).toEqual([1, 1])
  })
})

describe('an idempotency key', () => {
  const headers = { 'idempotency-key': 'call-1' }
  const once = { ...ticket, email: 'idem@fjord.example' }

  test('gives the same ticket back with 200', async () => {
    const first = await post(once, headers)
    const again = await post(once, headers)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(await again.json()).toEqual(await first.json())
  })

  test('with another body is a conflict', async () => {
    const response = await post({ ...once, title: 'Another' }, headers)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'idempotency_conflict' })
  })

  test('of another server is another ticket', async () => {
    const { slug, key } = world.northwind.servers.external
    const json = { ...ticket, email: undefined, reporter }
    const response = await world.ask(`/s/${slug}/api/support`, { key, json, headers })
    expect(response.status).toBe(201)
  })

  test('raced by sixteen requests makes one ticket and loses no number', async () => {
    const before = await count()
    const raced = { ...ticket, email: 'race@fjord.example' }
    const responses = await Promise.all(
      Array.from({ length: 16 }, () => post(raced, { 'idempotency-key': 'raced' })),
    )
    const references = await Promise.all(
      responses.map(async (r) => (await jsonOf<Receipt>(r)).reference),
    )
    expect(new Set(references).size).toBe(1)
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await count()).toBe(before + 1)
    const [{ gaps } = {}] = await world.database.owner`
      select max(number) - count(*) as gaps from support_ticket
       where organization_id = ${world.northwind.scope.organizationId}`
    expect(Number(gaps)).toBe(0)
  })

  test('that can’t be a header value is refused', async () => {
    const response = await post(ticket, { 'idempotency-key': 'x'.repeat(256) })
    expect(await response.json()).toMatchObject({ code: 'input_invalid' })
  })
})

describe('what is refused', () => {
  const cases: [string, unknown, number, string][] = [
    ['a title too short', { ...ticket, title: 'ab' }, 422, 'input_invalid'],
    ['a description too long', { ...ticket, description: 'x'.repeat(4001) }, 422, 'input_invalid'],
    ['no e-mail where nobody signs in', { ...ticket, email: undefined }, 422, 'input_invalid'],
    ['an e-mail that is none', { ...ticket, email: 'ana' }, 422, 'input_invalid'],
    ['claims where nobody signs in', { ...ticket, reporter }, 401, 'identity_invalid'],
    ['a body too large', { ...ticket, extra: 'x'.repeat(limits.bodyBytesMax) }, 413, 'too_large'],
  ]
  for (const [name, json, status, code] of cases)
    test(name, async () => {
      const before = await count()
      const response = await post(json)
      expect(response.status).toBe(status)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ status, code })
      expect(await count()).toBe(before)
    })

  test('invalid input names its fields and repeats nothing', async () => {
    const response = await post({ ...ticket, email: 'secret-thing', title: '' })
    const text = await response.text()
    const fields = JSON.parse(text).errors.map(({ field }: { field: string }) => field)
    expect(fields).toEqual(['title', 'email'])
    expect(text).not.toContain('secret-thing')
  })

  test('bodies that are not JSON, not UTF-8, or not typed as JSON', async () => {
    const { slug, key } = world.northwind.servers.none
    const send = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
      world.ask(`/s/${slug}/api/support`, { key, raw: { body, type } })
    expect((await send('{')).status).toBe(400)
    expect((await send(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400)
    expect((await send(JSON.stringify(ticket), 'text/plain')).status).toBe(400)
  })

  test('a server without support says so', async () => {
    const { slug, key } = world.northwind.servers.quiet
    const response = await world.ask(`/s/${slug}/api/support`, { key, json: ticket })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'support_disabled' })
  })

  test('deep and wide arguments are cut, not refused', async () => {
    let deep: unknown = 'end'
    for (let depth = 0; depth < 5000; depth++) deep = [deep]
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]))
    const call = { tool: 't', at: '2026-11-22T10:00:00Z', outcome: 'error', error: 'no' }
    const response = await post({
      ...ticket,
      email: 'deep@fjord.example',
      context: {
        calls: [
          { ...call, arguments: { deep } },
          { ...call, arguments: wide },
        ],
      },
    })
    expect(response.status).toBe(201)
    const row = await stored(response)
    expect(JSON.stringify(row?.context_data).length).toBeLessThan(limits.contextBytesMax)
  })
})

describe('what only informs', () => {
  const fine = { tool: 'search_docs', at: '2026-11-22T10:00:00Z', outcome: 'error', error: '403' }

  test('is left out when it makes no sense, and refuses nothing', async () => {
    const response = await post({
      ...ticket,
      email: 'odd@fjord.example',
      raisedAt: 'yesterday',
      category: 7,
      context: {
        calls: [{ ...fine, tool: ' ' }, { ...fine, durationMs: 1e12 }, 'no call', fine],
        client: { name: '' },
        server: { name: 'docuapi', version: ' ' },
        transport: 'pigeon',
        sessionId: 'x'.repeat(1000),
      },
    })
    expect(response.status).toBe(201)
    expect((await stored(response))?.context_data).toEqual({
      calls: [fine, fine],
      server: { name: 'docuapi' },
    })
  })

  test('of a time that can’t be is brought to one that can', async () => {
    for (const raisedAt of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
      const response = await post({
        ...ticket,
        email: `${raisedAt.slice(0, 4)}@fjord.example`,
        raisedAt,
      })
      const days = (Date.now() - (await stored(response))?.raised_at) / 86_400_000
      expect(days).toBeWithin(0, 31)
    }
  })
})

test('a text that redaction makes longer is cut, not lost', async () => {
  for (const [n, title] of ['pin=1;'.repeat(33), `${'x'.repeat(186)}password=abc1`].entries()) {
    const email = `long${n}@fjord.example`
    const response = await post({ ...ticket, email, title, description: title.repeat(20) })
    expect(response.status).toBe(201)
    expect((await stored(response))?.title.length).toBeLessThanOrEqual(limits.titleCharsMax)
  }
})

test('a retry gets its answer, whatever changed at the desk since', async () => {
  const { slug, key } = world.southwind.servers.none
  const again = () =>
    world.ask(`/s/${slug}/api/support`, {
      key,
      json: { ...ticket, email: 'later@fjord.example' },
      headers: { 'idempotency-key': 'later' },
    })
  expect((await again()).status).toBe(201)
  const { owner } = world.database
  await owner`update mcp_server set support_tool_enabled = false, auth = 'platform' where slug = ${slug}`
  expect((await again()).status).toBe(200)
  await owner`update mcp_server set support_tool_enabled = true, auth = 'none' where slug = ${slug}`
})

describe('identity', () => {
  const external = (json: Record<string, unknown>) => {
    const { slug, key } = world.northwind.servers.external
    return world.ask(`/s/${slug}/api/support`, {
      key,
      json: { ...ticket, email: undefined, ...json },
    })
  }

  test('vouched for by the server is stored as issuer and subject', async () => {
    const response = await external({ reporter })
    expect(await stored(response)).toMatchObject({
      reporter_proof: 'vouched',
      mcp_user_issuer: reporter.issuer,
      mcp_user_id: reporter.subject,
      user_name: reporter.name,
      user_email: reporter.email,
    })
  })

  test('is required where end-users sign in: an e-mail does not stand in for it', async () => {
    const response = await external({ email: 'ana@fjord.example' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'identity_required' })
  })

  test('of another issuer is refused', async () => {
    const response = await external({ reporter: { ...reporter, issuer: 'https://evil.example' } })
    expect(await response.json()).toMatchObject({ code: 'identity_invalid' })
  })
})
