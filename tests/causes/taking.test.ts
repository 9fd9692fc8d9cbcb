import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Receipt } from '#sdk/contract.ts'
import { saveAnswer } from '#src/causes/answering/saving.ts'
import { fixCause } from '#src/causes/fixing.ts'
import { blockReporter } from '#src/tickets/blocking.ts'
import { jsonOf, makeWorld, type TestServer, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

let people = 0
/** Someone new each time, so that nobody's tickets are taken for one another's. */
const raise = (server: TestServer, error: string, more: Record<string, unknown> = {}) => {
  const email = `person${++people}@fjord.example`
  const call = { tool: 'search_docs', at: '2026-11-22T10:00:00Z', outcome: 'error', error }
  return world.ask(`/s/${server.slug}/api/support`, {
    key: server.key,
    json: {
      title: `Search does not work for ${email}`,
      description: 'It fails.',
      email,
      context: { calls: [call] },
      ...more,
    },
  })
}
const receiptOf = (response: Response) => jsonOf<Receipt>(response)
const numberOf = ({ reference }: Receipt) => Number(reference.split('-').at(-1))

async function ticketOf(receipt: Receipt) {
  const [row] = await world.database.owner`
    select t.*, (select jsonb_agg(action order by e.id) from ticket_event e
        where e.organization_id = t.organization_id and e.ticket_id = t.id) as actions
      from support_ticket t
     where organization_id = ${world.northwind.scope.organizationId} and number = ${numberOf(receipt)}`
  return row
}
const causeOf = async (number: number) =>
  (
    await world.database.owner`select * from cause
      where organization_id = ${world.northwind.scope.organizationId} and number = ${number}`
  )[0]

test('the first ticket of a fault makes its cause, and the next ones join it', async () => {
  const { none } = world.northwind.servers
  const first = await receiptOf(await raise(none, '403 Forbidden: page 4711 is not yours'))
  const second = await receiptOf(await raise(none, '403 Forbidden: page 12 is not yours'))
  const other = await receiptOf(await raise(none, '404 Not Found: page 12 is not yours'))
  expect((await ticketOf(first))?.cause).toBe(numberOf(first))
  expect((await ticketOf(second))?.cause).toBe(numberOf(first))
  expect((await ticketOf(other))?.cause).toBe(numberOf(other))
  expect(await causeOf(numberOf(first))).toMatchObject({
    tool: 'search_docs',
    pattern: '403 Forbidden: page … is not yours',
    name: null,
    fixed_at: null,
  })
})

test('the same fault of another server is another cause, also of another organization', async () => {
  const error = '409 Conflict: revision 7'
  const { none, external } = world.northwind.servers
  const here = await receiptOf(await raise(none, error))
  const claims = { issuer: 'https://login.example.com', subject: 'u-9' }
  const there = await receiptOf(
    await raise(external, error, { email: undefined, reporter: claims }),
  )
  await raise(world.southwind.servers.none, error)
  expect((await ticketOf(there))?.cause).toBe(numberOf(there))
  expect((await ticketOf(here))?.cause).toBe(numberOf(here))
})

test('a ticket without a failed call, or with one that failed without a word, has no cause', async () => {
  const { none } = world.northwind.servers
  const calls = [{ tool: 'search_docs', at: '2026-11-22T10:00:00Z', outcome: 'error' }]
  for (const context of [undefined, { calls: [] }, { calls }])
    expect((await ticketOf(await receiptOf(await raise(none, '', { context }))))?.cause).toBeNull()
})

test('twenty first tickets at once make one cause', async () => {
  const { none } = world.northwind.servers
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => raise(none, `503 Service Unavailable: shard ${at}`)),
  )
  const receipts = await Promise.all(answers.map(receiptOf))
  const causes = new Set((await Promise.all(receipts.map(ticketOf))).map((row) => row?.cause))
  expect(causes.size).toBe(1)
  expect(receipts.map(numberOf)).toContain([...causes][0])
})

test('the answer goes with the next receipts, and stays with each as it was', async () => {
  const { scope, staff, servers } = world.northwind
  const first = await receiptOf(await raise(servers.none, '401 Unauthorized: key expired'))
  expect(first).not.toHaveProperty('answer')
  const number = numberOf(first)
  const by = { staffId: staff.id }
  const pin = (body: string, was: number) =>
    saveAnswer(scope, {
      number,
      was,
      answer: { body, link: 'https://docs.example.com/keys' },
      ...by,
    })
  await pin('Make a new key.', 0)
  const once = { headers: { 'idempotency-key': 'answered' } }
  const json = {
    title: 'Search refuses me',
    description: 'It says 401.',
    email: 'kai@fjord.example',
    context: {
      calls: [
        {
          tool: 'search_docs',
          at: '2026-11-22T10:00:00Z',
          outcome: 'error',
          error: '401 Unauthorized: key expired',
        },
      ],
    },
  }
  const send = () =>
    world.ask(`/s/${servers.none.slug}/api/support`, { key: servers.none.key, json, ...once })
  const told = await receiptOf(await send())
  expect(told.answer).toBe('Make a new key.\nMore: https://docs.example.com/keys')
  expect(await ticketOf(told)).toMatchObject({ answer_version: 1, actions: ['filed', 'answered'] })
  await pin('Renew the key.', 1)
  expect(await receiptOf(await send())).toEqual(told)
  const next = await receiptOf(await raise(servers.none, '401 Unauthorized: key expired'))
  expect(next.answer).toStartWith('Renew the key.')
  expect((await ticketOf(next))?.answer_version).toBe(2)
})

test('a ticket raised after its cause was fixed reopens it; one from before, or spam, does not', async () => {
  const { scope, staff, servers } = world.northwind
  const error = 'TypeError: pages is undefined'
  const number = numberOf(await receiptOf(await raise(servers.none, error)))
  await fixCause(scope, { number, fixed: true, was: '', staffId: staff.id })
  const earlier = new Date(Date.now() - 3_600_000).toISOString()
  await raise(servers.none, error, { raisedAt: earlier })
  expect((await causeOf(number))?.fixed_at).toBeDate()

  const spammer = { email: 'spam@fjord.example' }
  const spam = numberOf(await receiptOf(await raise(servers.none, 'other', spammer)))
  await blockReporter(scope, { number: spam, block: true, staffId: staff.id })
  const blocked = await receiptOf(
    await raise(servers.none, error, { ...spammer, title: 'Another one' }),
  )
  expect(await ticketOf(blocked)).toMatchObject({ status: 'spam', cause: number })
  expect((await causeOf(number))?.fixed_at).toBeDate()

  const later = await receiptOf(await raise(servers.none, error))
  expect(await causeOf(number)).toMatchObject({ fixed_at: null, reopened_at: expect.any(Date) })
  expect((await ticketOf(later))?.actions).toEqual(['filed', 'reopened_cause'])
  const events = await world.database.owner`
    select action, new_value from cause_event
     where organization_id = ${scope.organizationId} and cause = ${number} order by id`
  expect(events.map(({ action, new_value }) => [action, new_value])).toEqual([
    ['fixed', null],
    ['reopened', String(numberOf(later))],
  ])
})
