import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { browserName } from '#src/staff/profile/browser.ts'
import { factsAbout, plantSession } from '../walls/facts.ts'
import { makeWorld, password, type World } from '../world.ts'
import { whileReplaced } from './colleagues.ts'

let world: World
let cookie: string
let own: string
beforeEach(async () => {
  world = await makeWorld()
  const session = await plantSession(world, world.northwind.staff.id)
  cookie = session.cookie
  own = session.id
})
afterEach(() => world.close())

const profile = (path = '', form?: Record<string, string>) =>
  world.ask(`/northwind/profile${path}`, { cookie, ...(form && { form }) })
const opens = async (given: string) =>
  (await world.ask('/northwind/tickets', { cookie: given })).status === 200
const another = () => plantSession(world, world.northwind.staff.id)
const hash = async () =>
  (
    await world.database
      .owner`select password_hash from staff where id = ${world.northwind.staff.id}`
  )[0]?.password_hash
const next = 'a whole new password'

describe('the profile', () => {
  test('says who one is, and where one is signed in, this browser marked', async () => {
    await world.database.owner`update session set user_agent =
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' where id = ${own}`
    await another()
    const text = await (await profile()).text()
    expect(text).toContain(world.northwind.staff.email)
    expect(text).toMatch(/Firefox on Linux[\s\S]*?This browser/)
    expect(text.match(/This browser/g)).toHaveLength(1)
    expect(text).not.toContain(`sessions/${own}/`)
  })

  test('changes one’s name, on every page', async () => {
    expect((await profile('', { name: '  Mira O’Kafor ' })).status).toBe(303)
    expect(await (await world.ask('/northwind/tickets', { cookie })).text()).toContain(
      'Mira O’Kafor',
    )
  })

  for (const name of ['', '   ', 'x'.repeat(81), 'two\nlines'])
    test(`refuses the name ${JSON.stringify(name).slice(0, 20)}, beside the field`, async () => {
      const response = await profile('', { name })
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('id="name-problem"')
      const [row] = await world.database
        .owner`select name from staff where id = ${world.northwind.staff.id}`
      expect(row?.name).toBe('Mira Okafor')
    })
})

describe('changing the password', () => {
  test('replaces none that was reset meanwhile', async () => {
    const { id } = world.northwind.staff
    const change = { current: password, password: next }
    const replaced = { id, passwordHash: 'the operator’s' }
    const response = await whileReplaced(world, replaced, () => profile('/password', change))
    expect(response.status).toBe(422)
    expect(await hash()).toBe('the operator’s')
    expect(await opens(cookie)).toBe(false)
  })

  test('ends all other sessions, and links for a new one', async () => {
    const { cookie: other } = await another()
    const { reset } = await factsAbout(world, world.northwind)
    const response = await profile('/password', { current: password, password: next })
    expect(response.headers.get('location')).toBe('/northwind/profile?changed=password')
    expect([await opens(cookie), await opens(other)]).toEqual([true, false])
    expect((await world.ask(`/password/${reset}`)).status).toBe(404)
    const page = await (await profile('?changed=password')).text()
    expect(page).toContain('Your password is changed')
    const { email } = world.northwind.staff
    const signIn = (given: string) => world.ask('/sign-in', { form: { email, password: given } })
    expect((await signIn(password)).status).toBe(422)
    expect((await signIn(next)).status).toBe(303)
  })

  const refusals: [Record<string, string>, string][] = [
    [{ current: 'not the password', password: next }, 'current-problem">This is not your password'],
    [{ current: '', password: next }, 'current-problem">Fill this in.'],
    [{ current: password, password: 'ninechars' }, 'password-problem">A password has 10 to 200'],
    [{ password: next }, 'current-problem">Fill this in.'],
  ]
  for (const [form, said] of refusals)
    test(`is refused where ${said}, and shows no password`, async () => {
      const [before, { cookie: other }] = [await hash(), await another()]
      const response = await profile('/password', form)
      expect(response.status).toBe(422)
      const text = await response.text()
      expect(text).toContain(said)
      for (const given of Object.values(form).filter(Boolean)) expect(text).not.toContain(given)
      expect(await hash()).toBe(before)
      expect(await opens(other)).toBe(true)
    })

  test('is slowed for who guesses the current one', async () => {
    const before = await hash()
    const answers = []
    for (let n = 0; n < 9; n++)
      answers.push((await profile('/password', { current: `guess ${n}`, password: next })).status)
    expect(answers).toEqual([...Array(8).fill(422), 429])
    expect((await profile('/password', { current: password, password: next })).status).toBe(429)
    expect(await hash()).toBe(before)
  })
})

describe('sessions', () => {
  test('are ended one by one', async () => {
    const [one, two] = [await another(), await another()]
    expect((await profile(`/sessions/${one.id}/removal`, { a: '' })).status).toBe(303)
    expect([await opens(cookie), await opens(one.cookie), await opens(two.cookie)]).toEqual([
      true,
      false,
      true,
    ])
    expect((await profile(`/sessions/${one.id}/removal`, { a: '' })).status).toBe(404)
  })

  test('are ended all at once, but this one', async () => {
    const others = [await another(), await another()]
    expect((await profile('/sessions/removal', { a: '' })).status).toBe(303)
    expect(await opens(cookie)).toBe(true)
    for (const other of others) expect(await opens(other.cookie)).toBe(false)
  })

  test('of colleagues are neither shown nor ended', async () => {
    const { colleague } = await factsAbout(world, world.northwind)
    const theirs = await plantSession(world, colleague)
    expect(await (await profile()).text()).not.toContain(theirs.id)
    expect((await profile(`/sessions/${theirs.id}/removal`, { a: '' })).status).toBe(404)
    await profile('/sessions/removal', { a: '' })
    expect(await opens(theirs.cookie)).toBe(true)
  })
})

describe('a browser is named', () => {
  const like = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
  const cases: [userAgent: string, name: string][] = [
    [`${like} Chrome/142.0.0.0 Safari/537.36`, 'Chrome on Windows'],
    [`${like} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'Edge on Windows'],
    [`${like} Chrome/142.0.0.0 Safari/537.36 OPR/120.0`, 'Opera on Windows'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'Safari on a Mac',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari on an iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    ['curl/8.9.1', 'curl'],
    ['Mozilla/5.0 (X11; CrOS x86_64)', 'A browser on ChromeOS'],
    ['', 'An unknown browser'],
    ['<script>__trip()</script>', 'An unknown browser'],
    ['x'.repeat(300), 'An unknown browser'],
  ]
  for (const [userAgent, name] of cases)
    test(`${name}: ${userAgent.slice(0, 60)}`, () => {
      expect(browserName(userAgent)).toBe(name)
    })
})
