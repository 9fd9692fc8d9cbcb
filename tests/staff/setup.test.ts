import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { createStaff } from '#src/staff/creating.ts'
import { claimDesk } from '#src/staff/setup/claiming.ts'
import { openSetup } from '#src/staff/setup/opening.ts'
import { type Ask, makeWorld, password, type World } from '../world.ts'
import { atOnce } from './colleagues.ts'

let world: World
let token: string
beforeEach(async () => {
  world = await makeWorld()
  await world.database.owner`truncate staff cascade`
  token = (await openSetup(world.database)) ?? ''
})
afterEach(() => world.close())

const form = (more: Record<string, string> = {}) => ({
  token,
  organization: 'Fjord AS',
  slug: '',
  name: 'Ana Lindqvist',
  email: 'Ana@Fjord.example',
  password,
  ...more,
})
const open = (given = token) => world.ask(`/setup?${new URLSearchParams({ token: given })}`)
const claim = (more: Record<string, string> = {}, ask: Ask = {}) =>
  world.ask('/setup', { form: form(more), ...ask })
const accounts = async () =>
  (await world.database.owner`select email, name from staff order by email`).map((row) => ({
    ...row,
  }))
const links = async () => (await world.database.owner`select * from setup_token`).length

describe('the setup link', () => {
  test('makes the organization and its owner, signs them in, and leads to the first server', async () => {
    const page = await open()
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const response = await claim()
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/fjord-as/servers/new')
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const inbox = await world.ask('/fjord-as/tickets', { cookie })
    expect(inbox.status).toBe(200)
    expect(await inbox.text()).toContain('Ana Lindqvist')
    expect(await accounts()).toEqual([{ email: 'ana@fjord.example', name: 'Ana Lindqvist' }])
    const [row] = await world.database.owner`
      select role from membership join organization o on o.id = organization_id
       where o.slug = 'fjord-as'`
    expect(row?.role).toBe('owner')
    expect(await world.signIn('ana@fjord.example')).toContain('mcp_obs_session=')
  })

  test('takes an address of one’s own choice', async () => {
    const response = await claim({ slug: ' fjord ' })
    expect(response.headers.get('location')).toBe('/fjord/servers/new')
  })

  test('opens nothing once it was used, and says where to sign in', async () => {
    await claim()
    for (const response of [await open(), await claim({ email: 'eve@evil.example' })]) {
      expect(response.status).toBe(404)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(await response.text()).toContain('href="/sign-in"')
    }
    expect(await accounts()).toHaveLength(1)
  })

  test('of every start opens the desk, and all end with the first account', async () => {
    const other = await openSetup(world.database)
    expect(await links()).toBe(2)
    expect((await open(other ?? '')).status).toBe(200)
    expect((await claim({ token: other ?? '' })).status).toBe(303)
    expect(await links()).toBe(0)
    expect((await claim({ email: 'eve@evil.example' })).status).toBe(404)
    expect(await openSetup(world.database)).toBeNull()
  })

  test('that was planted beside an account opens nothing either', async () => {
    await claim()
    const { owner } = world.database
    await owner`insert into setup_token values (${sha256(token)}, now())`
    expect((await claim({ email: 'eve@evil.example' })).status).toBe(404)
    const given = { token, organization: { name: 'Evil' }, name: 'Eve', email: 'e@e.example' }
    const claimed = await claimDesk(world.database, { ...given, password })
    expect(claimed).toEqual({ ok: false, reason: 'closed' })
    expect(await accounts()).toHaveLength(1)
  })

  test('ends with an account that was made at the command line', async () => {
    const organizationId = world.northwind.scope.organizationId
    await createStaff(world.database, { organizationId, email: 'a@b.example', name: 'A', password })
    expect(await links()).toBe(0)
    expect((await open()).status).toBe(404)
    expect((await claim()).status).toBe(404)
    expect(await accounts()).toHaveLength(1)
  })

  test('claimed many times at once, by several links, makes one account', async () => {
    const tokens = [token, await openSetup(world.database), await openSetup(world.database)]
    const answers = await atOnce(world, 'setup_token', () =>
      Array.from({ length: 12 }, (_, n) =>
        claim({ token: tokens[n % 3] ?? '', slug: `fjord-${n}`, email: `a${n}@fjord.example` }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(11).fill(404)])
    expect(await accounts()).toHaveLength(1)
    const made = await world.database.owner`select slug from organization where slug like 'fjord-%'`
    expect(made).toHaveLength(1)
  })

  test('is stored as a hash, which opens nothing', async () => {
    const [row] = await world.database.owner`select token_hash from setup_token`
    expect(sha256(token).equals(row?.token_hash)).toBe(true)
    for (const text of [row?.token_hash.toString('hex'), row?.token_hash.toString('base64url')])
      expect((await open(text)).status).toBe(404)
  })

  test('can’t be guessed: wrong ones make no account, and are slowed', async () => {
    const guesses = ['', 'x', token.slice(0, -1), `${token}x`, token.toLowerCase(), '%00']
    for (const guess of guesses) {
      expect((await open(guess)).status).toBeOneOf([404, 400])
      expect((await claim({ token: guess })).status).toBe(404)
    }
    expect(await accounts()).toEqual([])
    const answers = []
    for (let n = 0; n < 30; n++) answers.push((await open(`guess ${n}`)).status)
    expect(new Set(answers)).toEqual(new Set([404, 429]))
    const right = await claim()
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeWithin(1, 61)
    expect(await accounts()).toEqual([])
    await world.database
      .owner`update attempt_bucket set updated_at = updated_at - interval '1 hour'`
    expect((await claim()).status).toBe(303)
  })

  test('is not claimed by another site’s form', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
      expect((await claim({}, { headers })).status).toBe(403)
    expect(await accounts()).toEqual([])
    expect(await links()).toBe(1)
  })
})

describe('the setup form', () => {
  const refusals: [field: string, value: string, sentence: string][] = [
    ['organization', '  ', 'Fill this in.'],
    ['organization', 'x'.repeat(81), 'Use at most 80 characters.'],
    ['slug', 'Fjord!', 'The slug is 3 to 40'],
    ['slug', 'admin', 'that name is reserved'],
    ['slug', 'northwind', 'There is an organization northwind already.'],
    ['name', '', 'Fill this in.'],
    ['name', 'two\nlines', 'Write it on one line.'],
    ['email', 'ana', 'This is not an e-mail address.'],
    ['email', 'a@b.example\r\nBcc: c@d.example', 'This is not an e-mail address.'],
    ['password', 'ninechars', 'A password has 10 to 200 characters.'],
    ['password', 'x'.repeat(201), 'A password has 10 to 200 characters.'],
  ]
  for (const [field, value, sentence] of refusals)
    test(`refuses ${field} ${JSON.stringify(value).slice(0, 30)} beside the field`, async () => {
      const response = await claim({ [field]: value })
      expect(response.status).toBe(422)
      const text = (await response.text()).replaceAll('&#x27;', "'").replaceAll('&#39;', "'")
      expect(text).toMatch(new RegExp(`id="${field}-problem">[^<]*${sentence}`))
      expect(text).toContain(`aria-describedby="${field}`)
      expect(await accounts()).toEqual([])
      expect((await claim()).status).toBe(303)
    })

  test('refuses a name no address can be made of, and asks for the address', async () => {
    const text = await (await claim({ organization: '株式会社' })).text()
    expect(text).toContain('slug-problem')
    expect((await claim({ organization: '株式会社', slug: 'kaisha' })).status).toBe(303)
  })

  test('keeps what was typed, and never the password', async () => {
    const text = await (await claim({ email: 'ana', password: 'hunter2-hunter2' })).text()
    for (const kept of ['Fjord AS', 'Ana Lindqvist', 'value="ana"', token])
      expect(text).toContain(kept)
    expect(text).not.toContain('hunter2')
  })

  test('shows where the organization’s pages will be', async () => {
    expect(await (await open()).text()).toContain('localhost:3000/')
  })
})

describe('a desk without an account', () => {
  test('says on its first pages that it is not set up, and where the link is', async () => {
    const home = await world.ask('/')
    expect(home.headers.get('location')).toStartWith('/sign-in')
    const response = await world.ask('/sign-in')
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text).toContain('isn’t set up yet')
    expect(text).toContain('setup link')
    expect(text).toContain('<code>mcp-obs</code>, without <code>demo</code>')
    expect(text).not.toContain(token)
    expect(text).not.toContain('type="password"')
    await claim()
    expect(await (await world.ask('/sign-in')).text()).toContain('type="password"')
  })
})
