import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { textOf } from '../../views/parse.ts'
import { type Listening, listen } from '../../web/listening.ts'
import { makeWorld, type TestServer, type World } from '../../world.ts'
import { Browser, person } from './visiting.ts'

let world: World
let served: Listening
beforeAll(async () => {
  world = await makeWorld()
  await new Browser(world, world.northwind.servers.platform).signUp()
  served = await listen(world.desk)
})
afterAll(async () => {
  await served.stop()
  await world.close()
})
beforeEach(async () => {
  await world.database.owner`delete from rate_bucket`
})

const wrong = { ...person, password: 'not this password' }
const nobody = { ...person, email: 'nobody@fjord.example' }

/** An attempt through a proxy that is trusted, from an address. */
const attempt = (
  given: { email: string; password: string },
  address: string,
  server: TestServer = world.northwind.servers.platform,
) =>
  fetch(`${served.origin}/s/${server.slug}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-for': address, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(given),
  })

/** Takes tokens out of the one bucket with such a key. */
async function leave(tokens: number, key: string) {
  const changed = await world.database.owner`
    update rate_bucket set tokens = ${tokens}, updated_at = clock_timestamp()
     where key like ${key} returning key`
  expect(changed).toHaveLength(1)
}

describe('too many attempts', () => {
  test('at one account from one network are a 429, whether or not there is an account', async () => {
    const said = new Set<string>()
    for (const [given, address] of [
      [wrong, '192.0.2.1'],
      [nobody, '192.0.2.2'],
    ] as const) {
      const answers: Response[] = []
      for (let n = 0; n < 10; n++) answers.push(await attempt(given, address))
      expect(answers.map(({ status }) => status)).toEqual([...Array(8).fill(422), 429, 429])
      expect(Number(answers[9]?.headers.get('retry-after'))).toBeGreaterThan(0)
      said.add(textOf(await answers[9]?.text()).replace(/\d+ seconds|\S+@\S+/g, ''))
    }
    expect([...said]).toEqual([expect.stringContaining('Too many attempts. Try again in')])
    // The right password waits too, and is let in from elsewhere.
    expect((await attempt(person, '192.0.2.1')).status).toBe(429)
    expect((await attempt(person, '192.0.2.99')).status).toBe(303)
  })

  test('from one network at many accounts are a 429, and nothing at another server', async () => {
    const at = async (n: number) =>
      (await attempt({ ...nobody, email: `n${n}@fjord.example` }, '192.0.2.7')).status
    expect(await at(1)).toBe(422)
    await leave(1, 'sign-in from %')
    expect([await at(2), await at(3)]).toEqual([422, 429])
    const { platform } = world.southwind.servers
    expect((await attempt(wrong, '192.0.2.7', platform)).status).toBe(422)
  })

  test('at one account from everywhere are a 429', async () => {
    expect((await attempt(wrong, '192.0.2.1')).status).toBe(422)
    await leave(1, 'sign-in to %')
    const answers = [await attempt(wrong, '192.0.2.2'), await attempt(wrong, '192.0.2.3')]
    expect(answers.map(({ status }) => status)).toEqual([422, 429])
  })

  test('that are refused use up nothing else', async () => {
    for (let n = 0; n < 9; n++) await attempt(wrong, '192.0.2.4')
    const tokens = () => world.database.owner`select key, tokens from rate_bucket order by key`
    const before = await tokens()
    for (let n = 0; n < 5; n++) expect((await attempt(wrong, '192.0.2.4')).status).toBe(429)
    const near = (rows: typeof before) => rows.map(({ key, tokens }) => [key, Math.floor(tokens)])
    expect(near(await tokens())).toEqual(near(before))
  })

  test('are not what successes are', async () => {
    expect((await attempt(person, '192.0.2.8')).status).toBe(303)
    await leave(1, 'sign-in from %')
    for (let n = 0; n < 3; n++) expect((await attempt(person, '192.0.2.8')).status).toBe(303)
  })
})
