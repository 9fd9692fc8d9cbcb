import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readInbox } from '#src/tickets/inbox.ts'
import { countNews } from '#src/tickets/news.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { jsonOf, makeWorld, reporter, type World } from '../world.ts'
import { part } from './desk.ts'

let world: World
let cookie: string
let numbers: number[]

beforeAll(async () => {
  world = await makeWorld()
  const { external, none } = world.northwind.servers
  const context = {
    calls: [{ tool: 'search_docs', at: '2026-11-22T10:00:00Z', outcome: 'error', error: '403' }],
    client: { name: 'Claude Code', version: '2.1' },
  }
  numbers = [
    await world.file(external, { title: 'Export hangs', context }),
    await world.file(none, { title: 'Invoice is wrong', category: 'Question' }),
    await world.file(external, {
      title: 'Search fails',
      description: 'With\n\nlines',
      reporter: { ...reporter, subject: 'u-2' },
      context,
    }),
  ]
  await world.file(world.southwind.servers.external, { title: 'Export hangs', context })
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const get = async (path: string) => (await world.ask(path, { cookie })).text()
const shown = (page: string) =>
  [...page.matchAll(/id="ticket-(\d+)"/g)].map(([, number]) => Number(number))

describe('the inbox', () => {
  test('is narrowed by what its own chips and rows lead to', async () => {
    const page = await get('/northwind/tickets')
    const [oldest, middle, newest] = numbers as [number, number, number]
    expect(shown(page)).toEqual([newest, middle, oldest])
    const links = valuesOf(page, 'a', 'href')
    for (const [link, expected] of [
      ['tool=search_docs', [newest, oldest]],
      ['error=403', [newest, oldest]],
      ['client=Claude+Code', [newest, oldest]],
      ['category=Question', [middle]],
      ['unread=1', [newest, middle, oldest]],
      [`server=${world.northwind.servers.none.slug}`, [middle]],
    ] as const) {
      expect(links).toContain(`/northwind/tickets?${link}`)
      expect({ link, shown: shown(await get(`/northwind/tickets?${link}`)) }).toEqual({
        link,
        shown: [...expected],
      })
    }
  })

  test('finds by the words of a ticket, and counts them in the tabs', async () => {
    const page = await get('/northwind/tickets?q=expor')
    expect(shown(page)).toEqual([numbers[0] as number])
    expect(textOf(page)).toContain('Active 1 Open 1 In progress 0 Closed 0')
  })

  test('offers what occurs in the page, and leaves that as it is while one searches', async () => {
    expect(await get('/northwind/tickets?q=expor')).toContain('id="tool-menu"')
    const answer = await world.ask('/northwind/tickets?q=expor', { cookie, headers: part })
    const results = await answer.text()
    expect(shown(results)).toEqual([numbers[0] as number])
    expect(results).not.toContain('id="tool-menu"')
    expect(results).toContain('id="priority-menu"')
  })

  test('shows how a description begins, in one line', async () => {
    expect(textOf(await get('/northwind/tickets'))).toContain('Search fails With lines')
  })

  test('tells what nobody has opened, until somebody does', async () => {
    const [oldest] = numbers
    await get(`/northwind/tickets/${oldest}`)
    await world.ask(`/northwind/tickets/${oldest}/read`, { cookie, form: {} })
    expect(shown(await get('/northwind/tickets?unread=1'))).toEqual(numbers.slice(1).reverse())
  })

  test('leads a form with empty fields to the address without them', async () => {
    const answer = await world.ask('/northwind/tickets?tool=search_docs&since=&until=&q=', {
      cookie,
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/northwind/tickets?tool=search_docs')
  })

  test('is the same over tRPC', async () => {
    const ask = async (input: object) => {
      const query = new URLSearchParams({ input: JSON.stringify(input) })
      const path = `/northwind/trpc/support.getOrganizationTickets?${query}`
      const answer = await world.ask(path, { cookie })
      if (answer.status !== 200) return answer.status
      type Page = { result: { data: { rows: { number: number }[] } } }
      return (await jsonOf<Page>(answer)).result.data.rows.map(({ number }) => number)
    }
    const both = [numbers[2] as number, numbers[0] as number]
    expect(await ask({ tool: 'search_docs', client: 'Claude Code' })).toEqual(both)
    expect(await ask({ error: '403', since: '2026-01-01', q: 'search' })).toEqual(both)
    expect(await ask({ since: '2026-02-30' })).toBe(422)
    expect(await ask({ unread: 'yes' })).toBe(422)
  })
})

describe('the line about new tickets', () => {
  const news = async (query: string) => textOf(await get(`/northwind/tickets/news?${query}`)).trim()

  test('is asked for from the newest ticket on, on the first page only', async () => {
    const newest = numbers.at(-1) as number
    const asks = `/northwind/tickets/news?tool=search_docs&after=${newest}`
    const page = await get('/northwind/tickets?tool=search_docs')
    expect(valuesOf(page, 'div', 'hx-get')).toContain(asks)
    const older = await get('/northwind/tickets?tool=search_docs&before=99')
    expect(older).not.toContain('/tickets/news')
  })

  test('counts what the filter would show of them, and leads there', async () => {
    const [oldest, middle] = numbers
    expect(await news(`after=${oldest}`)).toBe('2 new tickets')
    expect(await news(`tool=search_docs&after=${oldest}`)).toBe('1 new ticket')
    expect(await news(`q=invoice&after=${oldest}`)).toBe('1 new ticket')
    expect(await news(`q=invoice&after=${middle}`)).toBe('')
    expect(await news(`status=closed&after=${oldest}`)).toBe('')
    const line = await get(`/northwind/tickets/news?tool=search_docs&after=${oldest}`)
    expect(valuesOf(line, 'a', 'href')).toEqual(['/northwind/tickets?tool=search_docs'])
  })

  test('tells of the very first ticket too', async () => {
    const none = await makeWorld()
    const cookie = await none.signIn(none.northwind.staff.email)
    const read = async (path: string) => (await none.ask(path, { cookie })).text()
    const [asks = ''] = valuesOf(await read('/northwind/tickets'), 'div', 'hx-get').filter((path) =>
      path.includes('/news'),
    )
    expect(textOf(await read(asks)).trim()).toBe('')
    await none.file(none.northwind.servers.none)
    expect(textOf(await read(asks)).trim()).toBe('1 new ticket')
    await none.close()
  })

  test('misses none that arrives while the list is read', async () => {
    const { scope } = world.northwind
    const newest = numbers.at(-1) as number
    const { owner } = world.database
    let reading: ReturnType<typeof readInbox> | undefined
    await owner.begin(async (tx) => {
      // The list is read by then, and its page waits for what it offers.
      await tx`lock table organization in access exclusive mode`
      reading = readInbox(scope, { status: 'active' })
      for (let waits = 0; !waits; await Bun.sleep(5)) {
        const [lock] = await tx`
          select count(*)::int as n from pg_locks join pg_database d on d.oid = database
           where not granted and d.datname = current_database()`
        waits = lock?.n ?? 0
      }
      await tx`
        insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
            category, reporter_proof, trail, idempotency_key, request_hash, raised_at, created_at,
            updated_at)
        select organization_id, uuidv7(), number + 1, mcp_server_id, title, description,
            category, reporter_proof, trail, 'late', request_hash, now(), now(), now()
          from support_ticket
         where organization_id = ${scope.organizationId} and number = ${newest}`
    })
    const inbox = await reading
    expect(inbox?.page.rows[0]?.number).toBe(newest)
    expect(await countNews(scope, { status: 'active' }, inbox?.newest ?? 0)).toEqual({
      n: 1,
      more: false,
    })
  })
})
