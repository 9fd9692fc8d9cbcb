import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eraseReporter } from '#src/tickets/erasure/erasing.ts'
import { payloads } from '../hostile/payloads.ts'
import { plantTicket } from '../hostile/planting.ts'
import { elementsOf, textOf, valuesOf } from '../views/parse.ts'
import { issuer, makeWorld, reporter, type World } from '../world.ts'
import { plantMany } from './many.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const people = () => ({ ...reporter, subject: `u-${crypto.randomUUID()}` })
const calls = [
  {
    tool: 'search_docs',
    at: '2026-11-22T10:00:00Z',
    outcome: 'error',
    arguments: { of: 'Ana Lindqvist' },
    error: 'no access for Ana',
  },
]
const context = {
  calls,
  client: { name: 'Claude Desktop', version: '1.4.2' },
  sessionId: 's-of-ana',
}
const fileBy = (who: typeof reporter) =>
  world.file(world.northwind.servers.external, {
    reporter: who,
    context,
    description: 'Ana Lindqvist can’t search.',
  })
const erasure = (number: number) => `/northwind/tickets/${number}/erasure`
const erase = (number: number, { words = '' } = {}) =>
  world.ask(erasure(number), { cookie, form: { words } })

/** Everything that is stored of a ticket, as one text and apart. */
async function stored(number: number, from = world.northwind) {
  const [row] = await world.database.owner`
    select t.*, c.context_data,
           (select coalesce(jsonb_agg(to_jsonb(e) order by e.id), '[]') from ticket_event e
             where e.organization_id = t.organization_id and e.ticket_id = t.id) as events
      from support_ticket t
      left join ticket_context c on c.organization_id = t.organization_id and c.ticket_id = t.id
     where t.organization_id = ${from.scope.organizationId} and t.number = ${number}`
  return row ?? {}
}

/** All rows of an organization, by table. */
async function rowsOf({ scope }: World['northwind']) {
  const { owner } = world.database
  const tables = ['support_ticket', 'ticket_context', 'ticket_event', 'rate_bucket']
  return Promise.all(
    tables.map((table) =>
      owner.unsafe(
        `select to_jsonb(t) as row from ${table} t where organization_id = $1 order by 1`,
        [scope.organizationId],
      ),
    ),
  )
}

const nobody = {
  reporter_proof: 'erased',
  user_name: null,
  user_email: null,
  mcp_user_issuer: null,
  mcp_user_id: null,
  session_id: null,
}

describe('erasing a reporter', () => {
  test('takes the person out of all their tickets, and leaves what they wrote', async () => {
    const ana = people()
    const numbers = [await fileBy(ana), await fileBy(ana), await fileBy(ana)]
    const before = await stored(numbers[0] ?? 0)
    expect(before).toMatchObject({ mcp_user_id: ana.subject, session_id: 's-of-ana' })
    const response = await erase(numbers[1] ?? 0)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/northwind/tickets/${numbers[1]}`)
    for (const number of numbers) {
      const row = await stored(number)
      expect(row).toMatchObject({
        ...nobody,
        title: 'Search fails',
        description: 'Ana Lindqvist can’t search.',
        user_agent: 'Claude Desktop 1.4.2',
        failed_error: 'no access for Ana',
        request_hash: expect.anything(),
      })
      expect(row.context_data).toMatchObject({ calls: [{ tool: 'search_docs' }] })
      expect(JSON.stringify(row)).not.toMatch(/fjord|s-of-ana|u-[0-9a-f]{8}|login\.example/)
    }
  })

  test('takes what they wrote and the captured calls along where that is chosen', async () => {
    const ana = people()
    const numbers = [await fileBy(ana), await fileBy(ana)]
    await erase(numbers[0] ?? 0, { words: 'on' })
    for (const number of numbers) {
      const row = await stored(number)
      expect(row).toMatchObject({
        ...nobody,
        title: '[erased]',
        description: '[erased]',
        context_data: null,
        failed_error: null,
        user_agent: null,
        failed_tool: 'search_docs',
        category: 'Other',
      })
      expect(JSON.stringify(row)).not.toMatch(/Ana|fjord|Claude|s-of-ana/i)
    }
  })

  test('writes who did it into each ticket’s history, and no word of the person', async () => {
    const ana = people()
    const numbers = [await fileBy(ana), await fileBy(ana)]
    await erase(numbers[1] ?? 0, { words: 'on' })
    for (const number of numbers) {
      const { events } = await stored(number)
      expect(events).toHaveLength(2)
      expect(events[1]).toMatchObject({
        action: 'reporter_erased',
        old_value: null,
        new_value: 'words',
        staff_id: world.northwind.staff.id,
      })
    }
    const page = await (await world.ask(`/northwind/tickets/${numbers[0]}`, { cookie })).text()
    expect(textOf(page)).toMatch(/Erased by Mira Okafor on \d+ \w+ \d{4}/)
    expect(textOf(page)).toContain('Mira Okafor erased the reporter and what they wrote')
    expect(valuesOf(page, 'a', 'href')).not.toContain(erasure(numbers[0] ?? 0))
    const list = await (await world.ask('/northwind/tickets', { cookie })).text()
    expect(textOf(list)).toContain(`#${numbers[0]} reporter erased`)
  })

  test('leaves others alone: another subject or issuer, the same address, the other organization', async () => {
    const ana = people()
    const { external, none } = world.northwind.servers
    const number = await fileBy(ana)
    const others = [
      await fileBy(people()),
      await world.file(none, { email: ana.email }),
      await fileBy({ ...people(), email: ana.email }),
    ]
    const elsewhere = await world.file(external, { reporter: people() })
    await world.database.owner`
      update support_ticket set mcp_user_issuer = 'https://elsewhere.example', mcp_user_id = ${ana.subject}
       where organization_id = ${world.northwind.scope.organizationId} and number = ${elsewhere}`
    const namesake = await world.file(world.southwind.servers.external, { reporter: ana, context })
    await world.file(world.southwind.servers.none, { email: ana.email })
    const before = await Promise.all([...others, elsewhere].map((n) => stored(n)))
    const theirs = await rowsOf(world.southwind)
    await erase(number, { words: 'on' })
    expect(await stored(number)).toMatchObject(nobody)
    expect(await Promise.all([...others, elsewhere].map((n) => stored(n)))).toEqual(before)
    expect(await rowsOf(world.southwind)).toEqual(theirs)
    expect((await stored(namesake, world.southwind)).mcp_user_id).toBe(ana.subject)
  })

  test('who only gave an e-mail takes all tickets that gave it, and none of who signed in', async () => {
    const { none, external } = world.northwind.servers
    const email = 'kim@fjord.example'
    const given = [
      await world.file(none, { email }),
      await world.file(none, { email: 'KIM@Fjord.example' }),
    ]
    const signedIn = await world.file(external, { reporter: { ...people(), email } })
    const other = await world.file(none, { email: 'kim@fjord.example.org' })
    const before = [await stored(signedIn), await stored(other)]
    await world.file(world.southwind.servers.none, { email })
    const theirs = await rowsOf(world.southwind)
    await erase(given[0] ?? 0)
    for (const number of given) expect(await stored(number)).toMatchObject(nobody)
    expect([await stored(signedIn), await stored(other)]).toEqual(before)
    expect(await rowsOf(world.southwind)).toEqual(theirs)
  })

  test('forgets how many tickets they raised lately', async () => {
    const buckets = async () =>
      (
        await world.database.owner`
          select key from rate_bucket where key like 'reporter %'
             and organization_id = ${world.northwind.scope.organizationId}`
      ).length
    const before = await buckets()
    const number = await fileBy(people())
    expect(await buckets()).toBe(before + 1)
    await erase(number)
    expect(await buckets()).toBe(before)
  })

  test('again changes nothing, and neither do a member, a stranger’s site or a wrong number', async () => {
    const number = await fileBy(people())
    const before = await stored(number)
    const strange = { 'sec-fetch-site': 'cross-site' }
    const form = { words: 'on' }
    expect((await world.ask(erasure(number), { cookie, form, headers: strange })).status).toBe(403)
    expect((await erase(987_654)).status).toBe(404)
    expect((await erase(0)).status).toBe(404)
    await world.database
      .owner`update membership set role = 'member' where staff_id = ${world.northwind.staff.id}`
    expect((await erase(number)).status).toBe(404)
    expect((await world.ask(erasure(number), { cookie })).status).toBe(404)
    const page = await (await world.ask(`/northwind/tickets/${number}`, { cookie })).text()
    expect(valuesOf(page, 'a', 'href')).not.toContain(erasure(number))
    await world.database
      .owner`update membership set role = 'owner' where staff_id = ${world.northwind.staff.id}`
    expect(await stored(number)).toEqual(before)
    await erase(number)
    const once = await stored(number)
    expect((await erase(number, { words: 'on' })).status).toBe(303)
    expect((await world.ask(erasure(number), { cookie })).status).toBe(303)
    expect(await stored(number)).toEqual(once)
  })

  test('by two at once writes one event a ticket', async () => {
    const ana = people()
    const numbers = [await fileBy(ana), await fileBy(ana), await fileBy(ana)]
    await Promise.all([erase(numbers[0] ?? 0), erase(numbers[1] ?? 0), erase(numbers[2] ?? 0)])
    for (const number of numbers) {
      const row = await stored(number)
      expect(row).toMatchObject(nobody)
      expect(row.events).toHaveLength(2)
    }
  })

  test('is not undone by a delivery that comes again', async () => {
    const { slug, key } = world.northwind.servers.external
    const json = { title: 'Search fails', description: 'Ana', reporter: people(), context }
    const deliver = () =>
      world.ask(`/s/${slug}/api/support`, { key, json, headers: { 'idempotency-key': 'again' } })
    const first = await deliver()
    const receipt = (await first.json()) as { reference: string }
    const number = Number(receipt.reference.split('-').at(-1))
    await erase(number, { words: 'on' })
    const erased = await stored(number)
    const second = await deliver()
    expect([first.status, second.status]).toEqual([201, 200])
    expect(await second.json()).toEqual(receipt)
    expect(await stored(number)).toEqual(erased)
  })
})

describe('the page before it', () => {
  const page = async (number: number) => (await world.ask(erasure(number), { cookie })).text()

  test('says who, from how many tickets, what goes and what stays; nothing more is chosen', async () => {
    const ana = people()
    await fileBy(ana)
    const shown = await page(await fileBy(ana))
    const text = textOf(shown)
    expect(text).toContain('Ana Lindqvist ana@fjord.example Vouched for by the server')
    expect(text).toContain(
      `2 tickets, at every server of the organization: all of subject ${ana.subject} at ${issuer}`,
    )
    expect(text).toContain('Erase the reporter of 2 tickets')
    expect(text).toMatch(/There is no way back.*Goes.*Stays.*Choose now/)
    const boxes = elementsOf(shown).filter(({ attributes }) =>
      attributes.some(([name, value]) => name === 'name' && value === 'words'),
    )
    expect(boxes).toHaveLength(1)
    expect(boxes[0]?.attributes.map(([name]) => name)).not.toContain('checked')
  })

  test('of an address says that anyone may have typed it', async () => {
    const shown = await page(
      await world.file(world.northwind.servers.none, { email: 'lee@fjord.example' }),
    )
    expect(textOf(shown)).toContain('lee@fjord.example E-mail given, unverified')
    expect(textOf(shown)).toContain('Anyone can type an address')
    expect(textOf(shown)).toContain('Erase the reporter of 1 ticket ')
  })

  test('keeps the list’s filter on every way out', async () => {
    const number = await fileBy(people())
    const shown = await (
      await world.ask(`${erasure(number)}?status=open&q=fails`, { cookie })
    ).text()
    const ticket = `/northwind/tickets/${number}?status=open&q=fails`
    expect(valuesOf(shown, 'a', 'href').filter((href) => href === ticket)).toHaveLength(2)
    const [action = ''] = valuesOf(shown, 'form', 'action').filter((path) =>
      path.includes('erasure'),
    )
    const answer = await world.ask(action, { cookie, form: { words: '' } })
    expect(answer.headers.get('location')).toBe(ticket)
  })

  test('and the erasure itself take any text as text', async () => {
    const skeletons = new Set<string>()
    for (const text of payloads.filter((_, n) => n % 9 === 0)) {
      await world.database.owner`delete from rate_bucket`
      const number = await plantTicket(world, world.northwind, text)
      const shown = elementsOf(await page(number)).map(({ tag, attributes }) =>
        [tag, ...attributes.map(([name]) => name)].join(' '),
      )
      skeletons.add(shown.join())
      expect((await erase(number)).status).toBe(303)
      expect(await stored(number)).toMatchObject(nobody)
    }
    expect(skeletons.size).toBe(1)
  })
})

describe('a person with thousands of tickets', () => {
  const tickets = 10_000
  const whose = async (proof: string) => {
    const [row] = await world.database.owner`
      select count(*)::int as n,
             count(*) filter (where exists (select from ticket_event e
               where e.organization_id = t.organization_id and e.ticket_id = t.id
                 and e.action = 'reporter_erased'))::int as told
        from support_ticket t
       where organization_id = ${world.northwind.scope.organizationId} and number >= 100000
         and reporter_proof = ${proof}::reporter_proof`
    return row
  }
  beforeAll(() =>
    plantMany(world, { from: world.northwind, tickets, subject: `'busy'`, firstNumber: 100_000 }),
  )

  test('keeps each ticket and its history whole when it fails in the middle; again, it goes on', async () => {
    const { owner } = world.database
    await owner.unsafe(`
      create function fail() returns trigger language plpgsql as
        $$ begin raise exception 'the disk is full'; end $$;
      create trigger fail before update on support_ticket for each row
        when (old.number = 100650) execute function fail()`)
    expect((await erase(100_300)).status).toBe(500)
    expect(await whose('erased')).toEqual({ n: 600, told: 600 })
    expect(await whose('vouched')).toEqual({ n: tickets - 600, told: 0 })
    await owner.unsafe('drop trigger fail on support_ticket; drop function fail')
    const text = textOf(await (await world.ask(erasure(100_300), { cookie })).text())
    expect(text).toContain('Erase the reporter of 1,000+ tickets')
  })

  test('stops when the time is up, and goes on when asked again', async () => {
    const { scope, staff } = world.northwind
    const part = { number: 100_300, words: false, staffId: staff.id }
    const some = await eraseReporter(scope, part, { batchTickets: 100, workMs: 0 })
    expect(some).toEqual({ ok: true, left: true })
    expect(await whose('erased')).toEqual({ n: 700, told: 700 })
    expect((await stored(100_300)).mcp_user_id).toBe('busy')
  })

  test('is erased to the last one, those that came meanwhile too', async () => {
    const { external } = world.northwind.servers
    await world.file(external, { reporter: { ...reporter, subject: 'busy' } })
    let answer = await erase(100_300)
    for (let times = 0; answer.status === 200 && times < 20; times++) answer = await erase(100_300)
    expect(answer.status).toBe(303)
    expect(await whose('vouched')).toEqual({ n: 0, told: 0 })
    expect(await whose('erased')).toEqual({ n: tickets + 1, told: tickets + 1 })
    const [left] = await world.database.owner`
      select count(*)::int as n from ticket_context c
        join support_ticket t on t.organization_id = c.organization_id and t.id = c.ticket_id
       where t.organization_id = ${world.northwind.scope.organizationId} and t.number >= 100000
         and context_data ? 'sessionId'`
    expect(left?.n).toBe(0)
  })
})
