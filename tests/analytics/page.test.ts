import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { textOf, valuesOf } from '../views/parse.ts'
import { makeWorld, type World } from '../world.ts'

let world: World
let cookie: string
let numbers: number[]

/** Four tickets of the other organization are the same but for a name. */
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  for (const { scope, servers, slug } of [world.southwind, world.northwind]) {
    numbers = []
    for (const failing of ['a', 'b', 'b', 'b'])
      numbers.push(
        await world.file(servers.none, {
          category: 'Bug',
          context: {
            client: { name: 'Cursor', version: '1.2' },
            calls: [
              {
                tool: `tool_${failing}_${slug}`,
                at: new Date().toISOString(),
                outcome: 'error',
                error: '=HYPERLINK("http://evil.example","403, \'forbidden\'")',
              },
            ],
          },
        }),
      )
    await world.database.owner`
      update support_ticket set status = 'closed', closed_at = created_at + interval '90 minutes'
       where organization_id = ${scope.organizationId} and number = 2`
    await world.database.owner`
      update support_ticket set status = 'spam'
       where organization_id = ${scope.organizationId} and number = 1`
  }
})
afterAll(() => world.close())

const read = async (path: string) => {
  const response = await world.ask(path, { cookie })
  return { status: response.status, body: await response.text() }
}

describe('the page of figures', () => {
  test('shows what tickets are about, without spam and the other organization', async () => {
    const { status, body } = await read('/northwind/analytics')
    expect(status).toBe(200)
    const text = textOf(body)
    expect(text).toContain('New tickets 3 none in the 30 days before')
    expect(text).toContain('Median time to close 1 h 30 min')
    expect(text).toContain('tool_b_northwind')
    expect(text).not.toContain('tool_a_northwind')
    expect(text).not.toContain('southwind')
  })

  test('leads from each figure to the inbox, narrowed the same way', async () => {
    const { body } = await read('/northwind/analytics?server=docuapi-northwind&days=7')
    const { body: inbox } = await read('/northwind/tickets')
    const links = valuesOf(body, 'a', 'href').filter((href) =>
      href.startsWith('/northwind/tickets?'),
    )
    const day = new Date().toISOString().slice(0, 10)
    const week = new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10)
    const since = `since=${week}&until=${day}`
    const narrowed = links.filter((href) => !valuesOf(inbox, 'a', 'href').includes(href))
    expect([...new Set(narrowed)]).toEqual([
      `/northwind/tickets?status=closed&server=docuapi-northwind&since=${day}&until=${day}`,
      `/northwind/tickets?status=open&server=docuapi-northwind&since=${day}&until=${day}`,
      `/northwind/tickets?server=docuapi-northwind&cause=2&${since}`,
      expect.stringContaining(`&error=%3DHYPERLINK`),
      `/northwind/tickets?server=docuapi-northwind&tool=tool_b_northwind&${since}`,
      `/northwind/tickets?server=docuapi-northwind&client=Cursor&${since}`,
      `/northwind/tickets?server=docuapi-northwind&category=Bug&${since}`,
      `/northwind/tickets?server=docuapi-northwind&${since}`,
    ])
    for (const path of narrowed) {
      const shown = textOf((await read(path)).body)
      expect(shown).toContain(path.includes('status=closed') ? '1 ticket shown' : '2 tickets shown')
    }
  })

  test('says its address in canonical form', async () => {
    const { body } = await read('/northwind/analytics?days=30&priority=&client=Cursor&x=1')
    expect(valuesOf(body, 'div', 'data-address')).toEqual(['/northwind/analytics?client=Cursor'])
  })

  test('of days without a ticket says so, and offers more days', async () => {
    const { body, status } = await read('/northwind/analytics?until=2020-01-02&server=none')
    expect(status).toBe(200)
    expect(textOf(body)).toContain('No ticket in these days')
    expect(valuesOf(body, 'a', 'href')).toContain('/northwind/analytics?server=none&days=365')
    expect(valuesOf(body, 'a', 'href')).toContain('/northwind/analytics?until=2020-01-02')
  })

  test('teaches an organization that never had a ticket', async () => {
    await world.database.owner`
      update organization_counter set ticket_number = 0
       where organization_id = ${world.southwind.scope.organizationId}`
    await world.database.owner`
      delete from support_ticket where organization_id = ${world.southwind.scope.organizationId}`
    const theirs = await world.signIn(world.southwind.staff.email)
    const page = await world.ask('/southwind/analytics', { cookie: theirs })
    expect(textOf(await page.text())).toContain('Figures come with the first ticket')
  })
})

test('the CSV has the same columns in each line, and no formula', async () => {
  const response = await world.ask('/northwind/analytics.csv?days=7', { cookie })
  expect(response.headers.get('content-type')).toStartWith('text/csv')
  const day = new Date().toISOString().slice(0, 10)
  const week = new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10)
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="northwind-analytics-${week}-${day}.csv"`,
  )
  const lines = (await response.text()).replace('\ufeff', '').split('\r\n').slice(0, -1)
  const rows = lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) =>
      cell.replaceAll('""', '"'),
    ),
  )
  const [columns = []] = rows
  const of = (row: string[] = []) =>
    Object.fromEntries(columns.map((name, at) => [name, row[at]]).filter(([, cell]) => cell))
  expect(of(rows.find(([figure]) => figure === 'all'))).toMatchObject({
    tickets: '3',
    closed: '1',
    median_close_seconds: '5400',
  })
  expect(rows.filter(([figure]) => figure === 'day')).toHaveLength(7)
  expect(of(rows.find(([, , , since]) => since === day))).toMatchObject({ open: '2', closed: '1' })
  expect(of(rows.find(([figure]) => figure === 'error'))).toMatchObject({
    value: `'=HYPERLINK("http://evil.example","403, 'forbidden'")`,
    tickets: '3',
    active: '2',
  })
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([columns.length]))
})

describe('the time zone', () => {
  const choose = (timeZone: string) =>
    world.ask('/northwind/time-zone', { cookie, form: { timeZone } })
  const chosen = async () => {
    const [row] = await world.database.owner`
      select time_zone from organization where slug = 'northwind'`
    return row?.time_zone
  }

  test('is chosen by an owner, and days begin there', async () => {
    expect((await choose('Pacific/Kiritimati')).status).toBe(303)
    expect(await chosen()).toBe('Pacific/Kiritimati')
    const { body } = await read('/northwind/analytics')
    expect(textOf(body)).toContain('Days begin at midnight in Pacific/Kiritimati')
    const ahead = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10)
    expect(valuesOf(body, 'input', 'value')).toContain(ahead)
  })

  test('is one of the list', async () => {
    for (const zone of ['Mars/Olympus', '', "UTC'; drop table staff; --", '+05:00'])
      expect((await choose(zone)).status).toBe(422)
    expect(await chosen()).toBe('Pacific/Kiritimati')
  })

  test('is not a member’s to choose', async () => {
    await world.database.owner`
      update membership set role = 'member' where staff_id = ${world.northwind.staff.id}`
    expect((await choose('UTC')).status).toBe(404)
    const { body } = await read('/northwind/analytics')
    expect(valuesOf(body, 'form', 'action')).not.toContain('/northwind/time-zone')
    expect(await chosen()).toBe('Pacific/Kiritimati')
  })
})
