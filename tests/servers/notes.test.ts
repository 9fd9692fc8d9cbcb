import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { makeWorld, type TestServer, type World } from '../world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
  // Past the walls, so that the test counts what the desk writes and not what it means to.
  await world.database.owner.unsafe(`
    create table written (at timestamptz default clock_timestamp(), of text);
    create function count_writes() returns trigger language plpgsql security definer as $$
    begin insert into written (of) values (tg_table_name); return null; end $$;
    create trigger counted after insert or update on refused_attempt
      for each row execute function count_writes();
    create trigger counted after update on server_key
      for each row execute function count_writes();
    create trigger counted after update on mcp_server
      for each row execute function count_writes();`)
})
afterEach(() => world.close())

const writes = async (of: string): Promise<Date[]> => {
  const rows = await world.database.owner`select at from written where of = ${of} order by at`
  return rows.map(({ at }) => at)
}
const settings = ({ slug }: TestServer, key: string, version = '0.1.0') =>
  world.ask(`/s/${slug}/trpc/support.settings`, { key, headers: { 'mcp-obs-sdk': version } })
const wrongKey = `sk_${'x'.repeat(43)}`

describe('a sign of life', () => {
  test('is one write, however many ask at once', async () => {
    const { none } = world.northwind.servers
    await Promise.all(Array.from({ length: 40 }, () => settings(none, none.key)))
    await Bun.sleep(200)
    expect([(await writes('server_key')).length, (await writes('mcp_server')).length]).toEqual([
      1, 1,
    ])
  })

  test('is one write a minute also of two versions that take turns', async () => {
    const { none } = world.northwind.servers
    for (let n = 0; n < 20; n++) await settings(none, none.key, n % 2 ? '0.1.0' : '0.2.0')
    await Bun.sleep(200)
    expect((await writes('mcp_server')).length).toBe(1)
    await world.database.owner`
      update mcp_server set sdk_seen_at = now() - interval '61 seconds' where slug = ${none.slug}`
    await settings(none, none.key, '0.3.0')
    await Bun.sleep(200)
    const [row] = await world.database.owner`
      select sdk_version from mcp_server where slug = ${none.slug}`
    expect(row?.sdk_version).toBe('0.3.0')
  })
})

describe('a flood of refusals', () => {
  test('is one write a second, and counted in full', async () => {
    const { none } = world.northwind.servers
    let sent = 0
    for (const until = Date.now() + 3_300; Date.now() < until; sent++)
      await settings(none, wrongKey)
    await Bun.sleep(1_300)
    const [row] = await world.database.owner`select times from refused_attempt`
    expect(row?.times).toBe(sent)
    const at = await writes('refused_attempt')
    const apart = at.slice(1).map((time, n) => time.getTime() - (at[n]?.getTime() ?? 0))
    expect(at.length).toBeGreaterThan(3)
    expect(Math.min(...apart)).toBeGreaterThan(900)
  }, 10_000)
})
