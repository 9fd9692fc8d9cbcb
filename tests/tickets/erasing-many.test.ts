import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eraseReporter } from '#src/tickets/erasure/erasing.ts'
import { textOf } from '../views/parse.ts'
import { makeWorld, reporter, type World } from '../world.ts'
import { erasing } from './erasure.ts'
import { plantMany } from './many.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const { page, erase, stored } = erasing(
  () => world,
  () => cookie,
)

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
    const text = textOf(await page(100_300))
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
