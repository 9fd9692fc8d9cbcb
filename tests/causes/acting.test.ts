import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import { changeIn, fieldsOf, part } from '../tickets/desk.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { plantCause } from '../walls/facts.ts'
import { makeWorld, reporter, type World } from '../world.ts'

let world: World
let cookie: string
let number: number
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
beforeEach(async () => {
  await world.database.owner`delete from rate_bucket`
  for (const organization of [world.southwind, world.northwind]) {
    const server = organization.servers.external
    number = await world.file(server, { reporter: { ...reporter, subject: newId() } })
    await plantCause(world, organization, number)
    await world.database.owner`delete from cause_event`
  }
})
afterAll(() => world.close())

const path = (of = number) => `/northwind/causes/${of}`
const post = (action: string, form: Record<string, string>, of = number) =>
  world.ask(`${path(of)}/${action}`, { cookie, form })

async function stored(slug = 'northwind') {
  const [row] = await world.database.owner`
    select c.name, fixed_at, reopened_at from cause c join organization o on o.id = organization_id
     where o.slug = ${slug} and number = ${number}`
  return row ?? {}
}

async function events() {
  const rows = await world.database.owner`
    select e.action, e.old_value, e.new_value, s.name from cause_event e
      join organization o on o.id = e.organization_id left join staff s on s.id = e.staff_id
     where o.slug = 'northwind' and e.cause = ${number} order by e.id`
  return rows.map(({ action, old_value, new_value, name }) => [action, old_value, new_value, name])
}

/** What the form that fixes it sends of how it stood. */
async function shown() {
  const page = await (await world.ask(path(), { cookie })).text()
  const [, form = ''] = page.split(`action="${path()}/status"`)
  return valuesOf(form.split('</form>')[0] ?? '', 'input', 'value')[0] ?? 'no form'
}

describe('a name', () => {
  test('is given, changed and taken away, each with who did it', async () => {
    expect((await post('name', { name: ' Search\u202e is\r\n down\u200b ', was: '' })).status).toBe(
      303,
    )
    expect(await stored()).toMatchObject({ name: 'Search is down' })
    expect(await stored('southwind')).toMatchObject({ name: null })
    await post('name', { name: 'Search', was: 'Search is down' })
    await post('name', { name: '\u200b', was: 'Search' })
    expect(await stored()).toMatchObject({ name: null })
    expect(await events()).toEqual([
      ['renamed', null, 'Search is down', 'Mira Okafor'],
      ['renamed', 'Search is down', 'Search', 'Mira Okafor'],
      ['renamed', 'Search', null, 'Mira Okafor'],
    ])
    const shown = textOf(await (await world.ask(path(), { cookie })).text())
    expect(shown).toMatch(/called this “ ?Search is down ?”/)
    expect(shown).toContain('took the name away')
  })

  test('that somebody else changed meanwhile stays, and is shown', async () => {
    await post('name', { name: 'Theirs', was: '' })
    const late = await post('name', { name: 'Mine', was: '' })
    expect(late.status).toBe(409)
    const shown = textOf(await late.text())
    expect(shown).toContain('Somebody renamed this meanwhile')
    expect(shown).toContain('Theirs')
    expect(await stored()).toMatchObject({ name: 'Theirs' })
    expect((await post('name', { name: 'Theirs', was: '' })).status).toBe(303)
    expect(await events()).toHaveLength(1)
  })

  test('has at most 120 characters', async () => {
    expect((await post('name', { name: 'x'.repeat(121), was: '' })).status).toBe(422)
    expect((await post('name', { was: '' })).status).toBe(422)
    expect(await stored()).toMatchObject({ name: null })
    expect((await post('name', { name: 'x'.repeat(120), was: '' })).status).toBe(303)
  })
})

describe('a cause that is fixed', () => {
  test('is so from now on, once, until somebody takes it back', async () => {
    for (const _ of [1, 2]) expect((await post('status', { status: 'fixed' })).status).toBe(303)
    expect(await stored()).toMatchObject({ fixed_at: expect.any(Date) })
    expect(await stored('southwind')).toMatchObject({ fixed_at: null })
    expect((await post('status', { status: 'open', was: await shown() })).status).toBe(303)
    expect(await stored()).toMatchObject({ fixed_at: null })
    expect(await events()).toEqual([
      ['fixed', null, null, 'Mira Okafor'],
      ['unfixed', null, null, 'Mira Okafor'],
    ])
    expect((await post('status', { status: 'gone' })).status).toBe(422)
  })

  test('forgets that it came back', async () => {
    await world.database.owner`update cause set reopened_at = now()`
    const listed = async () =>
      textOf(await (await world.ask('/northwind/causes?state=all', { cookie })).text())
    expect(await listed()).toContain('came back')
    await post('status', { status: 'fixed', was: await shown() })
    expect(await stored()).toMatchObject({ reopened_at: null })
    expect(textOf(await (await world.ask(path(), { cookie })).text())).not.toContain('came back')
  })

  test('and came back meanwhile is not marked fixed by who was not shown so', async () => {
    const was = await shown()
    await post('status', { status: 'fixed', was })
    const [fixed, { owner }] = [await shown(), world.database]
    await owner`update cause set fixed_at = null, reopened_at = now() where number = ${number}`
    for (const before of [was, fixed]) {
      const late = await post('status', { status: 'fixed', was: before })
      expect(late.status).toBe(409)
      expect(textOf(await late.text())).toContain('It was fixed or came back meanwhile.')
    }
    expect(await stored()).toMatchObject({ fixed_at: null, reopened_at: expect.any(Date) })
    expect(await events()).toHaveLength(1)
    expect((await post('status', { status: 'fixed', was: await shown() })).status).toBe(303)
    expect(await stored()).toMatchObject({ fixed_at: expect.any(Date), reopened_at: null })
  })

  test('tells which ticket reopened it', async () => {
    const { organizationId } = world.northwind.scope
    await world.database.owner`insert into cause_event values
      (${organizationId}, ${number}, ${newId()}, 'reopened', null, ${String(number)}, null, now())`
    const shown = textOf(await (await world.ask(path(), { cookie })).text())
    expect(shown).toMatch(new RegExp(`Reopened by #${number} , which was raised`))
  })
})

test('reads how it stands again as a part of its page', async () => {
  const { status, body } = await world
    .ask(path(), { cookie, headers: part })
    .then(async (answer) => ({ status: answer.status, body: await answer.text() }))
  expect(status).toBe(200)
  expect(body).toStartWith('<div class="cause-state"')
  expect(textOf(body)).toContain('Close its ticket…')
  expect(body).not.toContain('answer-preview')
})

test('a cause of nobody here is not changed, whatever is asked', async () => {
  await world.database
    .owner`delete from cause_answer where organization_id = ${world.northwind.scope.organizationId} and cause = ${number}`
  await world.database
    .owner`update support_ticket set cause = null where organization_id = ${world.northwind.scope.organizationId} and number = ${number}`
  await world.database
    .owner`delete from cause where organization_id = ${world.northwind.scope.organizationId} and number = ${number}`
  for (const [action, form] of [
    ['name', { name: 'Mine', was: '' }],
    ['status', { status: 'fixed' }],
    ['answer', { body: 'Mine', was: '1' }],
    ['answer', { body: '', was: '1' }],
    ['answer/preview', { body: 'Mine' }],
    ['answer/removal', { was: '1' }],
  ] as const)
    expect([action, (await post(action, form)).status]).toEqual([action, 404])
  expect(await stored('southwind')).toMatchObject({ name: null, fixed_at: null })
})

test('its tickets are closed at once after they were counted, and opened again by one undo', async () => {
  const { owner } = world.database
  const { organizationId } = world.northwind.scope
  const others = await world.file(world.northwind.servers.none)
  const [more, closed, spam] = [
    await world.file(world.northwind.servers.external, { title: 'Another one' }),
    await world.file(world.northwind.servers.external, { title: 'A third one' }),
    await world.file(world.northwind.servers.external, { title: 'Buy gold' }),
  ]
  await owner`update support_ticket set cause = ${number}, status = case number
      when ${closed} then 'closed' when ${spam} then 'spam' else status end::ticket_status
    where organization_id = ${organizationId} and number in (${more}, ${closed}, ${spam})`
  const statuses = async () => {
    const rows = await owner`select number, status from support_ticket
      where organization_id = ${organizationId} and number in (${number}, ${more}, ${closed}, ${spam}, ${others})
      order by number`
    return rows.map(({ status }) => status)
  }
  const before = ['open', 'open', 'open', 'closed', 'spam']
  expect(await statuses()).toEqual(before)
  const page = await (await world.ask(path(), { cookie })).text()
  const action = `/northwind/tickets/bulk?cause=${number}`
  expect(valuesOf(page, 'form', 'action')).toContain(action)
  expect(textOf(page)).toContain('Close its 2 tickets…')
  const counted = await world.ask(action, { cookie, form: { all: '1', status: 'closed' } })
  const asked = await counted.text()
  expect(textOf(asked)).toContain('Close 2 tickets?')
  expect(await statuses()).toEqual(before)
  const [, question = ''] = asked.split('id="bulk"')
  const fields = Object.fromEntries(new URLSearchParams(fieldsOf(question)))
  const done = await world.ask(action, { cookie, form: { ...fields, apply: '1' } })
  expect(done.status).toBe(303)
  expect(await statuses()).toEqual(['closed', 'open', 'closed', 'closed', 'spam'])
  const undone = await world.ask(`/northwind/changes/${changeIn(done)}/undo`, {
    cookie,
    form: { x: '' },
  })
  expect(undone.status).toBe(303)
  expect(await statuses()).toEqual(before)
})
