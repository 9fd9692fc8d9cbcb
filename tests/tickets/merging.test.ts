import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { mergeTicket } from '#src/tickets/merging/merging.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'
import { changeIn, deskOf } from './desk.ts'

let world: World
let cookie: string
let people = 0
/** Two of one server. */
let one: number
let other: number
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
beforeEach(async () => {
  await world.database.owner`delete from rate_bucket`
  one = await file()
  other = await file()
})
afterAll(() => world.close())

const { at, get, post, eventsOf } = deskOf(
  () => world,
  () => cookie,
)
const file = (email = `u${people++}@fjord.example`, more = {}) =>
  world.file(world.northwind.servers.none, { email, ...more })
const stored = async (number: number) => {
  const [row] = await world.database.owner`
    select status, merged_into, closed_at, closed_by, updated_at from support_ticket
     where organization_id = ${world.northwind.scope.organizationId} and number = ${number}`
  return row ?? {}
}
const merge = (number: number, into: number | string) =>
  post(at(number, '/merge'), { into: String(into) })
const merged = async (number: number, into: number) => changeIn(await merge(number, into))
const set = async (number: number, status: string) =>
  changeIn(await post(at(number, '/status'), { status }))
const undo = (change: string) => post(`/northwind/changes/${change}/undo`, {})
const page = async (number: number) => (await get(at(number))).text()
const refusal = async (number: number, into: number | string) => {
  const before = await stored(number)
  const answer = await merge(number, into)
  expect(answer.status).toBe(422)
  expect(await stored(number)).toEqual(before)
  return textOf(await answer.text())
}

describe('merging a ticket', () => {
  test('closes it and points on, with an event, and says so on both pages', async () => {
    await set(one, 'in_progress')
    const answer = await post(at(one, '/merge?status=open'), { into: ` #${other} ` })
    const change = changeIn(answer)
    expect(answer.headers.get('location')).toBe(`${at(one)}?status=open&changed=${change}`)
    const { id: staff } = world.northwind.staff
    expect(await stored(one)).toMatchObject({
      status: 'closed',
      merged_into: other,
      closed_by: staff,
      closed_at: expect.any(Date),
    })
    expect((await eventsOf(one)).at(-1)).toMatchObject({
      action: 'merged',
      old_value: 'in_progress',
      new_value: String(other),
      staff_id: staff,
      change_id: change,
    })
    const here = await (await get(answer.headers.get('location') ?? '')).text()
    expect(textOf(here)).toContain(`#${one} is merged into #${other} Undo`)
    expect(textOf(here)).toContain(`Mira Okafor merged this ticket into #${other}`)
    expect(textOf(here)).toContain('Every search ends in 403.')
    expect(valuesOf(here, 'a', 'href')).toContain(`${at(other)}?status=open`)
    const there = await page(other)
    expect(textOf(there)).toContain(`Merged into this one #${one} Search fails`)
    expect(valuesOf(there, 'a', 'href')).toContain(at(one))
  })

  test('into one that was merged leads to where that points', async () => {
    const third = await file()
    await merged(one, other)
    await merged(third, one)
    expect(await stored(third)).toMatchObject({ merged_into: other })
    expect(textOf(await page(other))).toContain(
      `Merged into this one #${one} Search fails #${third} Search fails`,
    )
  })

  test('that is closed leaves it closed when it was', async () => {
    await set(one, 'closed')
    const before = await stored(one)
    await merged(one, other)
    expect(await stored(one)).toMatchObject({
      merged_into: other,
      closed_at: before.closed_at,
      closed_by: before.closed_by,
    })
  })
})

describe('a ticket can’t be merged', () => {
  test('into nothing, itself, another server’s or another organization’s, which is said', async () => {
    for (const into of ['', 'x', '0', '-1', '1e3', '#', '9999999999', `${other} ${one}`])
      expect(await refusal(one, into)).toContain('Give the number of a ticket, such as 1042.')
    expect(await refusal(one, 987_654)).toContain('There is no ticket #987654.')
    expect(await refusal(one, one)).toContain('A ticket can’t be merged into itself.')
    const beside = await world.file(world.northwind.servers.external)
    expect(await refusal(one, beside)).toContain(`#${beside} came through another server.`)
    const theirs = await world.file(world.southwind.servers.none)
    await world.database.owner`update support_ticket set number = 5000
      where organization_id = ${world.southwind.scope.organizationId} and number = ${theirs}`
    expect(await refusal(one, 5000)).toContain('There is no ticket #5000.')
    expect((await merge(987_654, one)).status).toBe(404)
    expect((await merge(5000, one)).status).toBe(404)
  })

  test('twice, nor what others were merged into, in no circle', async () => {
    const third = await file()
    await merged(one, other)
    expect(await refusal(one, third)).toContain(`This ticket is merged into #${other} already.`)
    expect(await refusal(other, third)).toContain(`#${one} was merged into this ticket.`)
    expect(await refusal(other, one)).toContain(`#${one} was merged into this ticket.`)
  })

  test('where one of them is in spam', async () => {
    await set(one, 'spam')
    expect(await refusal(one, other)).toContain('This ticket is in spam. Take it out first.')
    expect(await refusal(other, one)).toContain(`#${one} is in spam.`)
  })

  test('by two who merge at once so that one points to what points on', async () => {
    const third = await file()
    const { scope, staff } = world.northwind
    const by = { staffId: staff.id }
    const both = await Promise.all([
      mergeTicket(scope, { number: one, into: other, ...by }),
      mergeTicket(scope, { number: other, into: third, ...by }),
      mergeTicket(scope, { number: third, into: one, ...by }),
    ])
    expect(both.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    const rows = await Promise.all([one, other, third].map(stored))
    const targets = rows.flatMap(({ merged_into }) => merged_into ?? [])
    const parts = [one, other, third].filter((_, n) => rows[n]?.merged_into)
    expect(parts.filter((number) => targets.includes(number))).toEqual([])
  })
})

describe('undoing a merging', () => {
  test('makes it a ticket of its own again, once, as it was', async () => {
    await set(one, 'in_progress')
    const change = await merged(one, other)
    await undo(change)
    const alone = { status: 'in_progress', merged_into: null, closed_at: null, closed_by: null }
    expect(await stored(one)).toMatchObject(alone)
    const text = textOf(await page(one))
    expect(text).toContain('Mira Okafor undid that: a ticket of its own again')
    expect(text).not.toContain('Merged into')
    expect(textOf(await page(other))).not.toContain('Merged into this one')
    const again = await merged(one, other)
    await undo(change)
    expect(await stored(one)).toMatchObject({ merged_into: other })
    await undo(again)
    await undo(again)
    expect(await stored(one)).toMatchObject(alone)
  })

  test('leaves one closed that was, as it was', async () => {
    await set(one, 'closed')
    const before = await stored(one)
    await undo(await merged(one, other))
    const { updated_at: _, ...rest } = before
    expect(await stored(one)).toMatchObject({ ...rest, merged_into: null })
  })

  test('leaves alone what has been changed since', async () => {
    const change = await merged(one, other)
    await set(one, 'open')
    await set(one, 'closed')
    const before = await stored(one)
    await undo(change)
    expect(await stored(one)).toEqual(before)
    expect(before.merged_into).toBeNull()
  })

  test('is not done by undoing what was before it', async () => {
    const change = await set(one, 'closed')
    await merged(one, other)
    await undo(change)
    expect(await stored(one)).toMatchObject({ status: 'closed', merged_into: other })
  })
})

describe('a merged ticket', () => {
  test('is one of its own with any other status, and with that undone merged again', async () => {
    for (const status of ['open', 'in_progress', 'spam']) {
      const ticket = await file()
      await merged(ticket, other)
      const before = await stored(ticket)
      const change = await set(ticket, status)
      expect(await stored(ticket)).toMatchObject({ status, merged_into: null })
      await undo(change)
      const { updated_at: _, ...rest } = before
      expect(await stored(ticket)).toMatchObject(rest)
    }
  })

  test('is not merged again into what is merged itself by then', async () => {
    const third = await file()
    await merged(one, other)
    const change = await set(one, 'open')
    await merged(other, third)
    await undo(change)
    expect(await stored(one)).toMatchObject({ status: 'closed', merged_into: null })
  })

  test('is not merged again into what somebody is merging just then', async () => {
    const third = await file()
    await merged(one, other)
    const change = await set(one, 'open')
    const { owner } = world.database
    let undone: Promise<unknown> | undefined
    await owner.begin(async (merging) => {
      await merging`update support_ticket set merged_into = ${third}, status = 'closed'
        where organization_id = ${world.northwind.scope.organizationId} and number = ${other}`
      undone = undo(change)
      const waits = async () => {
        const rows = await owner`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        return rows.length > 0
      }
      const isOver = undone.then(() => true)
      while (!(await waits()) && !(await Promise.race([isOver, Bun.sleep(5)])));
    })
    await undone
    expect(await stored(one)).toMatchObject({ status: 'closed', merged_into: null })
  })

  test('is closed with many others without a change, and reopened with them', async () => {
    await merged(one, other)
    const many = (status: string) =>
      world.ask('/northwind/tickets/bulk', {
        cookie,
        method: 'POST',
        raw: {
          body: `number=${one}&number=${other}&status=${status}&apply=1`,
          type: 'application/x-www-form-urlencoded',
        },
        headers: { 'sec-fetch-site': 'same-origin' },
      })
    const events = (await eventsOf(one)).length
    await many('closed')
    expect((await eventsOf(one)).length).toBe(events)
    expect(await stored(one)).toMatchObject({ merged_into: other })
    const change = changeIn(await many('open'))
    expect(await stored(one)).toMatchObject({ status: 'open', merged_into: null })
    await undo(change)
    expect(await stored(one)).toMatchObject({ status: 'closed', merged_into: other })
    expect(await stored(other)).toMatchObject({ status: 'closed' })
  })

  test('keeps pointing on when its reporter is erased, or that of the other one', async () => {
    await merged(one, other)
    for (const number of [one, other])
      expect((await post(at(number, '/erasure'), { words: 'on' })).status).toBe(303)
    expect(await stored(one)).toMatchObject({ status: 'closed', merged_into: other })
    expect(textOf(await page(one))).toContain(`Merged into #${other}`)
    expect(textOf(await page(other))).toContain(`#${one} [erased]`)
  })

  test('is told apart in the exports and over tRPC', async () => {
    await merged(one, other)
    const lines = (await (await get('/northwind/tickets/export.jsonl?status=closed')).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.find(({ number }) => number === one)).toMatchObject({
      mergedInto: other,
      occurrences: 1,
    })
    const [header] = (await (await get('/northwind/tickets/export.csv')).text()).split('\r\n')
    expect(header).toEndWith('"closedAt","occurrences","mergedInto"')
    const query = new URLSearchParams({ input: JSON.stringify({ status: 'closed' }) })
    const answer = await get(`/northwind/trpc/support.getOrganizationTickets?${query}`)
    type Rows = { result: { data: { rows: { number: number; mergedInto: number | null }[] } } }
    const { rows } = ((await answer.json()) as Rows).result.data
    expect(rows.find(({ number }) => number === one)).toMatchObject({
      mergedInto: other,
      occurrences: 1,
    })
  })
})

describe('what is suggested', () => {
  const suggested = async (number: number) => {
    const html = await page(number)
    const [, form = ''] = html.split('aria-label="Suggested"')
    return valuesOf(form.split('</form>')[0] ?? '', 'button', 'value').map(Number)
  }
  const failing = (error: string) => ({
    context: {
      calls: [{ tool: 'search_docs', at: '2026-11-22T10:00:00Z', outcome: 'error', error }],
    },
  })

  test('are active tickets of the server with the same cause or reporter, the newest five', async () => {
    const email = 'kim@fjord.example'
    const ours = [await file(email), await file(email), await file(email, failing('Refused: 403'))]
    const alike = [
      await file(undefined, failing('Refused: 403')),
      await file(undefined, failing('Refused: 403')),
    ]
    await file(undefined, failing('Timeout'))
    const last = await file(email, failing('Refused: 403'))
    expect(await suggested(last)).toEqual([...alike.toReversed(), ...ours.toReversed()])
    await set(alike[1] ?? 0, 'closed')
    await set(ours[0] ?? 0, 'spam')
    expect(await suggested(last)).toEqual([alike[0] ?? 0, ours[2] ?? 0, ours[1] ?? 0])
    expect((await merge(last, ours[1] ?? 0)).status).toBe(303)
    expect(await suggested(last)).toEqual([])
    expect(await suggested(ours[1] ?? 0)).toEqual([])
  })

  test('are none of another server, nor of another organization', async () => {
    const reporter = { issuer: 'https://login.example.com', subject: 'u-77' }
    const { owner } = world.database
    const ticket = await world.file(world.northwind.servers.external, { reporter })
    const others = [
      await world.file(world.northwind.servers.external, { reporter, title: 'Login fails' }),
      await world.file(world.northwind.servers.external, { reporter, title: 'Upload fails' }),
    ]
    await world.file(world.southwind.servers.external, { reporter, title: 'Login fails' })
    await owner`update support_ticket set mcp_server_id =
        (select id from mcp_server where slug = ${world.northwind.servers.platform.slug})
      where organization_id = ${world.northwind.scope.organizationId} and number = ${others[1] ?? 0}`
    expect(await suggested(ticket)).toEqual([others[0] ?? 0])
  })
})

describe('the session as JSON', () => {
  test('has what was raised again beside it', async () => {
    const { external } = world.northwind.servers
    const reporter = { issuer: 'https://login.example.com', subject: 'u-78' }
    const context = { calls: [], client: { name: 'Claude', version: '1' } }
    const number = await world.file(external, { reporter, context })
    expect(await (await get(at(number, '/context.json'))).json()).toEqual(context)
    expect(await world.file(external, { reporter, title: 'Search failed' })).toBe(number)
    expect(await (await get(at(number, '/context.json'))).json()).toEqual({
      ...context,
      occurrences: [
        {
          title: 'Search failed',
          description: 'Every search ends in 403.',
          context: null,
          raisedAt: expect.any(String),
        },
      ],
    })
    expect(textOf(await page(number))).toContain('Raised 2 times')
    const [line] = textOf(await (await get('/northwind/tickets')).text()).match(/#\d+ ×2/) ?? []
    expect(line).toBe(`#${number} ×2`)
  })
})
