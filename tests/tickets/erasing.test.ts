import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { checkBucket } from '#src/tickets/person.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type TestOrganization, type World } from '../world.ts'
import { context, erasing, nobody, people } from './erasure.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const { path, fileBy, raiseAgain, erase, stored, rowsOf } = erasing(
  () => world,
  () => cookie,
)

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

  test('takes what they raised again with it', async () => {
    const [ana, sam] = [people(), people()]
    const kept = await fileBy(ana)
    expect(await raiseAgain(ana)).toBe(kept)
    const gone = await fileBy(sam)
    expect(await raiseAgain(sam)).toBe(gone)
    await erase(kept)
    await erase(gone, { words: 'on' })
    const withWords = await stored(kept)
    expect(withWords.again).toMatchObject([{ description: 'Ana Lindqvist can’t search.' }])
    expect(withWords.again[0].context_data.calls).toHaveLength(1)
    expect(JSON.stringify(withWords)).not.toMatch(/fjord|s-of-ana|u-[0-9a-f]{8}/)
    const without = await stored(gone)
    expect(without).toMatchObject({ ...nobody, occurrences: 2 })
    expect(without.again).toMatchObject([{ title: '', description: '', context_data: null }])
    expect(JSON.stringify(without)).not.toMatch(/Ana|fjord|Claude|s-of-ana/i)
    const page = await (await world.ask(`/northwind/tickets/${gone}`, { cookie })).text()
    expect(textOf(page)).toContain('What was written then is erased.')
  })

  test('takes the text of a cause with their words once nobody else’s ticket has it', async () => {
    const { external } = world.northwind.servers
    const error = 'Sorry Ana Lindqvist of Fjord Shipping, your mandate lapsed'
    const failing = { context: { calls: [{ ...context.calls[0], error }] } }
    const file = (to = external) => world.file(to, { reporter: people(), ...failing })
    const numbers = [await file(), await file(), await file()]
    const [first = 0, second = 0, third = 0] = numbers
    await file(world.southwind.servers.external)
    const patterns = async ({ scope }: TestOrganization) => {
      const rows = await world.database.owner`
        select c.pattern from cause c join support_ticket t
            on t.organization_id = c.organization_id and t.cause = c.number
         where c.organization_id = ${scope.organizationId} and c.tool = 'search_docs'
           and t.number = any(${`{${numbers}}`}::int[])`
      return rows.map(({ pattern }) => pattern)
    }
    await erase(first, { words: 'on' })
    expect((await patterns(world.northwind)).join()).toContain('Fjord Shipping')
    await Promise.all([erase(second, { words: 'on' }), erase(third, { words: 'on' })])
    expect(await patterns(world.northwind)).toEqual(Array(3).fill('[erased]'))
    const [south] = await world.database.owner`
      select pattern from cause where organization_id = ${world.southwind.scope.organizationId}
       order by number desc limit 1`
    expect(south?.pattern).toContain('Fjord Shipping')
  })

  test('leaves the text of a cause where the words stay', async () => {
    const error = 'Sorry Kim of Fjord Shipping, your mandate lapsed'
    const failing = { context: { calls: [{ ...context.calls[0], tool: 'pay', error }] } }
    const number = await world.file(world.northwind.servers.external, {
      reporter: people(),
      ...failing,
    })
    await erase(number)
    const rows = await world.database.owner`select pattern from cause where tool = 'pay'`
    expect(rows.map(({ pattern }) => pattern).join()).toContain('Fjord Shipping')
  })

  test('while they raise it once more leaves it in a ticket of its own or takes it too', async () => {
    const ana = people()
    const number = await fileBy(ana)
    const [again] = await Promise.all([raiseAgain(ana), erase(number, { words: 'on' })])
    expect(await stored(number)).toMatchObject(nobody)
    if (again === number) expect(JSON.stringify(await stored(number))).not.toMatch(/Ana|fjord/i)
    else expect(await stored(again)).toMatchObject({ mcp_user_id: ana.subject })
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
    expect(valuesOf(page, 'a', 'href')).not.toContain(path(numbers[0] ?? 0))
    const list = await (await world.ask('/northwind/tickets', { cookie })).text()
    expect(textOf(list)).toContain(`#${numbers[0]} reporter erased`)
  })
})

describe('an erasure', () => {
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

  test('forgets how many tickets they raised and looked up lately', async () => {
    const buckets = async () =>
      (
        await world.database.owner`
          select key from rate_bucket where key like '%reporter %'
             and organization_id = ${world.northwind.scope.organizationId}`
      ).length
    const before = await buckets()
    const person = people()
    const number = await fileBy(person)
    const key = checkBucket({ ...person, proof: 'vouched' })
    await world.database.owner`insert into rate_bucket values
      (${world.northwind.scope.organizationId}, ${key}, 1, now())`
    expect(await buckets()).toBe(before + 2)
    await erase(number)
    expect(await buckets()).toBe(before)
  })

  test('again changes nothing, and neither do a member, a stranger’s site or a wrong number', async () => {
    const number = await fileBy(people())
    const before = await stored(number)
    const strange = { 'sec-fetch-site': 'cross-site' }
    const form = { words: 'on' }
    expect((await world.ask(path(number), { cookie, form, headers: strange })).status).toBe(403)
    expect((await erase(987_654)).status).toBe(404)
    expect((await erase(0)).status).toBe(404)
    await world.database
      .owner`update membership set role = 'member' where staff_id = ${world.northwind.staff.id}`
    expect((await erase(number)).status).toBe(404)
    expect((await world.ask(path(number), { cookie })).status).toBe(404)
    const page = await (await world.ask(`/northwind/tickets/${number}`, { cookie })).text()
    expect(valuesOf(page, 'a', 'href')).not.toContain(path(number))
    await world.database
      .owner`update membership set role = 'owner' where staff_id = ${world.northwind.staff.id}`
    // The page was looked at.
    expect(await stored(number)).toEqual({ ...before, read_at: expect.any(Date) })
    await erase(number)
    const once = await stored(number)
    expect((await erase(number, { words: 'on' })).status).toBe(303)
    expect((await world.ask(path(number), { cookie })).status).toBe(303)
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
