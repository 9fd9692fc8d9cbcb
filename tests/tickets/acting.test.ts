import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { textOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { deskOf, part } from './desk.ts'

let world: World
let cookie: string
let number: number
let people = 0
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
beforeEach(async () => {
  number = await world.file(world.northwind.servers.none, { email: `p${people++}@fjord.example` })
})
afterAll(() => world.close())

const { at, get, post, stored, eventsOf } = deskOf(
  () => world,
  () => cookie,
)

describe('the priority', () => {
  test('is set with an event, and once', async () => {
    expect((await post(at(number, '/priority'), { priority: 'high', was: 'normal' })).status).toBe(
      303,
    )
    expect(await stored(number)).toMatchObject({ priority: 'high', status: 'open' })
    expect((await post(at(number, '/priority'), { priority: 'high' })).status).toBe(303)
    const events = await eventsOf(number)
    expect(events).toHaveLength(2)
    expect(events[1]).toMatchObject({
      action: 'priority_changed',
      old_value: 'normal',
      new_value: 'high',
      staff_id: world.northwind.staff.id,
    })
  })

  test('there is not changes nothing', async () => {
    expect((await post(at(number, '/priority'), { priority: 'urgent' })).status).toBe(422)
    expect((await post(at(987_654, '/priority'), { priority: 'high' })).status).toBe(404)
    expect(await stored(number)).toMatchObject({ priority: 'normal' })
  })
})

describe('two staff on one ticket', () => {
  for (const headers of [{}, part])
    test(`the second is told who was first, and what it is now${'hx-request' in headers ? ', in parts' : ''}`, async () => {
      await post(at(number, '/status'), { status: 'in_progress', was: 'open' })
      const late = await post(at(number, '/status'), { status: 'closed', was: 'open' }, headers)
      expect(late.status).toBe(409)
      const html = await late.text()
      expect(textOf(html)).toContain('Mira Okafor changed the status to in progress meanwhile.')
      expect(html).toContain('<input type="hidden" name="was" value="in_progress">')
      expect(await stored(number)).toMatchObject({ status: 'in_progress' })
      expect(await eventsOf(number)).toHaveLength(2)
    })

  test('who wants what is so already is not stopped', async () => {
    await post(at(number, '/status'), { status: 'closed', was: 'open' })
    expect((await post(at(number, '/status'), { status: 'closed', was: 'open' })).status).toBe(303)
  })
})

describe('spam', () => {
  test('is a status of its own, without an end', async () => {
    await post(at(number, '/status'), { status: 'closed' })
    await post(at(number, '/status'), { status: 'spam' })
    expect(await stored(number)).toMatchObject({ status: 'spam', closed_at: null, closed_by: null })
    const page = await (await get(at(number))).text()
    expect(textOf(page)).toContain('This ticket is in spam.')
    expect(textOf(page)).toContain('Not spam')
  })

  test('is never told to who asks again for the receipt', async () => {
    const { slug, key } = world.northwind.servers.none
    const ask = () =>
      world.ask(`/s/${slug}/api/support`, {
        key,
        headers: { 'idempotency-key': 'once' },
        json: { title: 'Buy now', description: 'Cheap.', email: 'spam@fjord.example' },
      })
    const first = (await (await ask()).json()) as { reference: string }
    const filed = Number(first.reference.split('-').at(-1))
    await post(at(filed, '/status'), { status: 'spam' })
    expect(await stored(filed)).toMatchObject({ status: 'spam' })
    expect(await (await ask()).json()).toEqual(first)
    expect(first).toMatchObject({ status: 'open' })
  })
})

describe('a note', () => {
  test('stands in the history with who wrote it, newest last', async () => {
    const first = await post(at(number, '/notes'), { body: '  Seen\r\nbefore. ' })
    expect(first.headers.get('location')).toBe(`${at(number)}#history`)
    await post(at(number, '/notes'), { body: 'It was the proxy.' })
    const page = textOf(await (await get(at(number))).text())
    expect(page).toMatch(/Mira Okafor noted Seen before\..*Mira Okafor noted It was the proxy\./)
    const [note] = await world.database.owner`
      select n.body, n.staff_id, e.action from ticket_note n
        join ticket_event e using (organization_id, ticket_id, id) order by n.id limit 1`
    expect(note).toEqual({
      body: 'Seen\nbefore.',
      staff_id: world.northwind.staff.id,
      action: 'noted',
    })
    expect(await stored(number)).toMatchObject({ status: 'open' })
  })

  test('is kept in the form where it is empty or too long', async () => {
    const long = 'é'.repeat(4_001)
    const answer = await post(at(number, '/notes'), { body: long })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(long)
    expect(textOf(html)).toContain('This is too long.')
    expect((await post(at(number, '/notes'), { body: ' \n ' })).status).toBe(422)
    expect((await post(at(number, '/notes'), { body: long }, part)).status).toBe(422)
    expect((await post(at(number, '/notes'), { body: 'é'.repeat(4_000) })).status).toBe(303)
    expect(await eventsOf(number)).toHaveLength(2)
  })

  test('answers htmx with the history and an empty form', async () => {
    const html = await (await post(at(number, '/notes'), { body: 'On it.' }, part)).text()
    expect(html).not.toContain('<html')
    expect(textOf(html)).toContain('Mira Okafor noted On it.')
    expect(/<textarea[^>]*>([^<]*)</.exec(html)?.[1]?.trim()).toBe('')
  })
})

describe('whether a ticket was read', () => {
  const readAt = async () => (await stored(number)).read_at

  test('its page says, once and for all staff', async () => {
    expect(await readAt()).toBeNull()
    const { updated_at } = await stored(number)
    await get(at(number))
    const first = await readAt()
    expect(first).toBeInstanceOf(Date)
    await get(at(number))
    expect(await stored(number)).toMatchObject({ read_at: first, updated_at })
  })

  test('a page that is fetched ahead does not say, until it is looked at', async () => {
    for (const purpose of ['prefetch', 'prefetch;anonymous-client-ip', 'prefetch;prerender']) {
      const html = await (await get(at(number), { 'sec-purpose': purpose })).text()
      expect(html).toContain(`hx-post="${at(number, '/read')}"`)
    }
    await world.ask(at(number), { cookie, method: 'HEAD' })
    await get(at(number), part)
    await get(at(number, '/context.json'))
    expect(await readAt()).toBeNull()
    expect((await post(at(number, '/read'), {})).status).toBe(204)
    expect(await readAt()).toBeInstanceOf(Date)
    expect(await (await get(at(number))).text()).not.toContain('/read"')
  })

  test('is taken back by a form, which leads to the list', async () => {
    await get(at(number))
    const answer = await post(at(number, '/unread?status=closed'), {})
    expect(answer.headers.get('location')).toBe('/northwind/tickets?status=closed')
    expect(await readAt()).toBeNull()
    expect((await post(at(987_654, '/unread'), {})).status).toBe(404)
  })
})
