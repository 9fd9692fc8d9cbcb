import { afterAll, beforeAll, expect, test } from 'bun:test'
import { gzipSync } from 'bun'
import { makeWorld, type World } from '../world.ts'
import { plantMany } from './many.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
  const { scope } = world.northwind
  await plantMany(world, { from: world.northwind, tickets: 75, subject: "'u' || n" })
  // No two alike: what repeats weighs nothing.
  await world.database.owner`
    update support_ticket set
      title = 'Search fails ' || left(md5(number || 'title'), 16) || ' since this morning',
      description = 'It says ' || md5(number || 'a') || ' and then ' || md5(number || 'b'),
      user_name = 'Ana ' || left(md5(number || 'name'), 8),
      user_email = left(md5(number || 'name'), 8) || '@fjord.example',
      failed_tool = 'search_' || number % 7,
      failed_error = '403 Forbidden: ' || left(md5(number || 'error'), 16),
      trail = repeat(case number % 3 when 0 then 'oox' when 1 then 'xo' else 'ooo' end, 6)
    where organization_id = ${scope.organizationId}`
  await world.database.owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, created_at)
    select organization_id, number, mcp_server_id, number::text::bytea, failed_tool,
           '403 Forbidden for … by ' || left(md5(number || 'cause'), 16), now()
      from support_ticket where organization_id = ${scope.organizationId} and number % 2 = 0`
  await world.database.owner`
    update support_ticket set cause = greatest(2, number - number % 2), answer_version = nullif(number % 3, 0)
     where organization_id = ${scope.organizationId}`
})
afterAll(() => world?.close())

test('a page of fifty tickets, no two alike, weighs at most 14 kB', async () => {
  const cookie = await world.signIn(world.northwind.staff.email)
  const html = await (await world.ask('/northwind/tickets', { cookie })).text()
  expect(html.match(/<li id="ticket-/g)?.length).toBe(50)
  expect(html.match(/>\d+ others? since /g)?.length).toBe(50)
  expect(gzipSync(html).length).toBeLessThan(14_000)
})
