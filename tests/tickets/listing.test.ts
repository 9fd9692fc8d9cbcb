import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { inScope } from '#src/db/scope.ts'
import { countTickets } from '#src/tickets/counting.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import { listTickets } from '#src/tickets/listing.ts'
import { type Bounds, bounds, pageSize } from '#src/tickets/paging.ts'
import { makeWorld, type World } from '../world.ts'

const total = 175
let world: World
let serverId: string

/** Every third ticket closed, every fifth in progress; the other organization has the same ones. */
beforeAll(async () => {
  world = await makeWorld()
  for (const { scope, servers } of [world.northwind, world.southwind]) {
    const { organizationId } = scope
    await world.database.owner`
      insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
          category, reporter_proof, user_email, user_name, trail, status, idempotency_key,
          request_hash, raised_at, created_at, updated_at)
      select ${organizationId}, gen_random_uuid(), n, s.id, 'Ticket ' || n, 'Text', 'Bug', 'email',
          'reporter' || n % 7 || '@fjord.example', case when n % 50 = 0 then '100% Ünal_' end, 'x',
          (case when n % 3 = 0 then 'closed' when n % 5 = 0 then 'in_progress' else 'open' end)::ticket_status,
          'key' || n, '\\x00', now(), now(), now()
        from generate_series(1, ${total}::int) n
        join mcp_server s on s.organization_id = ${organizationId}
         and s.slug = case when n % 2 = 0 then ${servers.none.slug} else ${servers.external.slug} end`
  }
  const [row] = await world.database.owner`
    select id from mcp_server where slug = ${world.northwind.servers.none.slug}`
  serverId = row?.id
})
afterAll(() => world.close())

const list = (
  filter: Partial<TicketFilter> & { serverId?: string } = {},
  within?: Partial<Bounds>,
) =>
  inScope(world.northwind.scope, (tx) =>
    listTickets(
      tx,
      world.northwind.scope,
      { status: 'active', ...filter },
      { ...bounds, ...within },
    ),
  )
const numbers = (page: { rows: { number: number }[] }) => page.rows.map(({ number }) => number)
const all = Array.from({ length: total }, (_, i) => total - i)
const active = all.filter((n) => n % 3 !== 0)

/** Follows the older cursors to the end. */
async function walkThrough(filter: Partial<TicketFilter> & { serverId?: string }) {
  const seen: number[] = []
  let before: number | undefined
  for (let pages = 0; pages < 20; pages++) {
    const page = await list({ ...filter, ...(before && { before }) })
    seen.push(...numbers(page))
    if (!page.older) return seen
    before = page.older
  }
  throw new Error('the cursors never end')
}

describe('pages', () => {
  test('show the newest first, active ones by default', async () => {
    const page = await list()
    expect(numbers(page)).toEqual(active.slice(0, pageSize))
    expect(page).toMatchObject({ newer: null, older: active[pageSize - 1], searchedTo: null })
  })

  test('followed to the end show every ticket of the filter once', async () => {
    expect(await walkThrough({})).toEqual(active)
    expect(await walkThrough({ status: 'closed' })).toEqual(all.filter((n) => n % 3 === 0))
    expect(await walkThrough({ status: 'in_progress', serverId })).toEqual(
      all.filter((n) => n % 3 !== 0 && n % 5 === 0 && n % 2 === 0),
    )
  })

  test('lead back to the page they came from', async () => {
    const first = await list()
    const second = await list({ before: first.older as number })
    const third = await list({ before: second.older as number })
    const back = await list({ after: third.newer as number })
    expect(numbers(back)).toEqual(numbers(second))
    expect(numbers(await list({ after: back.newer as number }))).toEqual(numbers(first))
  })

  test('of an unknown server are empty', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    const other = world.southwind.servers.none.slug
    const response = await world.ask(`/northwind/tickets?server=${other}`, { cookie })
    expect(await response.text()).toContain('Clear filters')
  })
})

describe('bounds', () => {
  test('end a walk that finds little, and say where', async () => {
    const page = await list({ status: 'in_progress' }, { walk: 30 })
    expect(numbers(page)).toEqual(active.slice(0, 30).filter((n) => n % 5 === 0))
    expect(page.searchedTo).toBe(active[29] as number)
    const next = await list(
      { status: 'in_progress', before: page.searchedTo as number },
      { walk: 30 },
    )
    expect(Math.max(...numbers(next))).toBeLessThan(active[29] as number)
  })

  test('end a search for what an index does not tell, and say where', async () => {
    const page = await list({ unread: true }, { own: 10 })
    expect(numbers(page)).toEqual(active.slice(0, 10))
    expect(page.searchedTo).toBe(active[9] as number)
  })

  test('also hold on the way to newer pages', async () => {
    const page = await list({ status: 'in_progress', after: 1 }, { walk: 30 })
    expect(page.newer).toBe(active.toReversed()[30] as number)
  })
})

test('tabs count what they show, also of one server', async () => {
  const { scope } = world.northwind
  const of = (serverId?: string) => inScope(scope, (tx) => countTickets(tx, scope, { serverId }))
  const expected = (tickets: number[]) => {
    const closed = tickets.filter((n) => n % 3 === 0).length
    const begun = tickets.filter((n) => n % 3 !== 0 && n % 5 === 0).length
    const exactly = (n: number) => ({ n, more: false })
    return {
      active: exactly(tickets.length - closed),
      open: exactly(tickets.length - closed - begun),
      in_progress: exactly(begun),
      closed: exactly(closed),
      spam: exactly(0),
    }
  }
  expect(await of()).toEqual(expected(all))
  expect(await of(serverId)).toEqual(expected(all.filter((n) => n % 2 === 0)))
})
