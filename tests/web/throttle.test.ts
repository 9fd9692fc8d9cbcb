import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { networkOf, peerAddress } from '#src/web/address.ts'
import { makeWorld, password, type World } from '../world.ts'
import { type Listening, listen } from './listening.ts'

let world: World
let served: Listening | undefined
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(async () => {
  await served?.stop()
  served = undefined
  await world.close()
})

const attempt = (email: string, given = 'not the password') =>
  world.ask('/sign-in', { form: { email, password: given } })
const hourPasses = () =>
  world.database.owner`update attempt_bucket set updated_at = updated_at - interval '1 hour'`

describe('signing in', () => {
  test('is slowed after failures, alike for accounts that exist and that do not', async () => {
    const answers = new Map<string, string[]>()
    for (const email of [world.northwind.staff.email, 'nobody@northwind.example']) {
      const seen = []
      for (let n = 0; n < 10; n++) {
        const response = await attempt(email)
        const text = (await response.text()).replaceAll(email, 'EMAIL').replace(/\d+ seconds/, 'N')
        seen.push(`${response.status} ${text}`)
      }
      answers.set(email, seen)
    }
    const [exists = [], not = []] = [...answers.values()]
    expect(exists).toEqual(not)
    expect(exists.map((answer) => answer.slice(0, 3))).toEqual([
      ...Array(8).fill('422'),
      ...Array(2).fill('429'),
    ])
  })

  test('that is slowed says for how long, and the right password waits too', async () => {
    const { email } = world.northwind.staff
    for (let n = 0; n < 8; n++) await attempt(email)
    const response = await attempt(email, password)
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeWithin(1, 61)
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('recovers with time', async () => {
    const { email } = world.northwind.staff
    for (let n = 0; n < 9; n++) await attempt(email)
    await hourPasses()
    expect((await attempt(email, password)).status).toBe(303)
  })

  test('forgets an account’s failures when it succeeds', async () => {
    const { email } = world.northwind.staff
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 7; n++) expect((await attempt(email)).status).toBe(422)
      expect((await attempt(email, password)).status).toBe(303)
    }
  })

  test('of one account is not slowed by failures of another', async () => {
    for (let n = 0; n < 9; n++) await attempt('nobody@northwind.example')
    expect((await attempt(world.northwind.staff.email, password)).status).toBe(303)
  })

  test('counts spellings of an e-mail as one account', async () => {
    const { email } = world.northwind.staff
    for (const spelled of [email, email.toUpperCase(), ` ${email} `])
      for (let n = 0; n < 3; n++) await attempt(spelled)
    expect((await attempt(email)).status).toBe(429)
  })

  test('is slowed for an address that tries many accounts', async () => {
    const statuses = []
    for (let n = 0; n < 32; n++) statuses.push((await attempt(`n${n}@northwind.example`)).status)
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(422))
    expect(statuses.slice(30)).toEqual([429, 429])
  })

  test('exactly, when attempts come at once', async () => {
    const { email } = world.northwind.staff
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(email)))
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(8)
  })

  test('repeats the e-mail and never the password, and logs neither', async () => {
    const lines: string[] = []
    world.desk.log = (...entry) => lines.push(JSON.stringify(entry))
    const text = await (await attempt('typo@northwind.example', 'hunter2-hunter2')).text()
    expect(text).toContain('typo@northwind.example')
    expect(text).not.toContain('hunter2')
    expect(lines.join()).not.toMatch(/typo|hunter2/)
  })
})

describe('X-Forwarded-For', () => {
  /** Signs in wrongly through a socket, once with each header, and counts the addresses noticed. */
  const addresses = async (trusted: string, headers: string[]) => {
    served = await listen(world.desk, { MCP_OBS_TRUSTED_PROXIES: trusted })
    for (const [n, forwarded] of headers.entries())
      await fetch(`${served.origin}/sign-in`, {
        method: 'POST',
        headers: { 'x-forwarded-for': forwarded, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ email: `n${n}@northwind.example`, password: 'no' }),
      })
    const rows = await world.database.owner`
      select key from attempt_bucket where key like 'address %'`
    return rows.length
  }

  test('is not believed from a peer that is no trusted proxy', async () => {
    expect(await addresses('10.0.0.0/8', ['1.1.1.1', '2.2.2.2', '3.3.3.3'])).toBe(1)
  })

  test('is believed from this machine when no proxies are named', async () => {
    expect(await addresses('', ['1.1.1.1', '2.2.2.2'])).toBe(2)
  })

  test('counts the addresses of one IPv6 network as one', async () => {
    const headers = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:1::1']
    expect(await addresses('', headers)).toBe(2)
  })

  test('counts an IPv4 address alike, however a listener of IPv6 writes it', async () => {
    expect(['1.2.3.4', '::ffff:1.2.3.4', '::FFFF:1.2.3.4'].map(networkOf)).toEqual(
      Array(3).fill('1.2.3.4'),
    )
    expect(networkOf('::ffff:5.6.7.8')).not.toBe(networkOf('::1'))
  })

  test('keeps a stranger’s failures from locking the owner of an account out', async () => {
    served = await listen(world.desk, {})
    const { email } = world.northwind.staff
    const from = async (forwarded: string, given: string) =>
      (
        await fetch(`${served?.origin}/sign-in`, {
          method: 'POST',
          redirect: 'manual',
          headers: { 'x-forwarded-for': forwarded, 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams({ email, password: given }),
        })
      ).status
    for (let n = 0; n < 12; n++) await from('6.6.6.6', 'wrong')
    expect(await from('6.6.6.6', password)).toBe(429)
    expect(await from('1.1.1.1', password)).toBe(303)
  })

  test('is believed from a trusted proxy, up to what that one added', async () => {
    expect(await addresses('127.0.0.1', ['1.1.1.1', '2.2.2.2', '6.6.6.6, 2.2.2.2'])).toBe(2)
  })

  const cases: [peer: string, forwarded: string, trusted: string[], address: string][] = [
    ['10.0.0.1', '1.1.1.1', ['10.0.0.0/8'], '1.1.1.1'],
    ['10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.2', ['10.0.0.0/8'], '1.1.1.1'],
    ['::ffff:10.0.0.1', '1.1.1.1', ['10.0.0.0/8'], '1.1.1.1'],
    ['fd00::1', '2001:db8::7', ['fd00::/8'], '2001:db8::7'],
    ['10.0.0.1', 'not an address', ['10.0.0.0/8'], '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1, <script>', ['10.0.0.0/8'], '10.0.0.1'],
    ['10.0.0.1', '', ['10.0.0.0/8'], '10.0.0.1'],
    ['11.0.0.1', '1.1.1.1', ['10.0.0.0/8'], '11.0.0.1'],
    ['', '1.1.1.1', ['10.0.0.0/8'], ''],
  ]
  for (const [peer, forwarded, trusted, address] of cases)
    test(`“${forwarded}” from ${peer || 'nowhere'} is ${address || 'nowhere'}`, () => {
      const headers = { 'x-forwarded-for': forwarded }
      const request = new Request('http://localhost', { headers })
      expect(peerAddress(request, peer, trusted)).toBe(address)
    })
})
