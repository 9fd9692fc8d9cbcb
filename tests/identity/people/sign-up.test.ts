import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { textOf, valuesOf } from '../../views/parse.ts'
import { makeWorld, type World } from '../../world.ts'
import { Browser, locationOf, person } from './visiting.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.owner`delete from end_user`
  await world.database.owner`delete from rate_bucket`
})

const visit = () => new Browser(world, world.northwind.servers.platform)
const accounts = () => world.database.owner`
  select email, name, email_verified_at, password_hash from end_user order by email`

describe('signing up at a desk that sends no mail', () => {
  test('makes an account at once, its e-mail unproven, and leads to it', async () => {
    const browser = visit()
    const shown = await (await browser.ask('/sign-up')).text()
    expect(textOf(shown)).toContain('Create an account at DocuAPI')
    expect(valuesOf(shown, 'input', 'autocomplete')).toEqual(['name', 'username', 'new-password'])
    const email = ` ${person.email.toUpperCase()} `
    const response = await browser.signUp({ email, name: '  Ana   Lindqvist ' })
    expect(locationOf(response)).toBe(`/s/${browser.server.slug}/account`)
    expect(await accounts()).toMatchObject([
      { email: person.email, name: person.name, email_verified_at: null },
    ])
    const [row] = await accounts()
    expect(row?.password_hash).toStartWith('$argon2id$v=19$m=19456,t=2,p=1$')
    const account = textOf(await (await browser.ask('/account')).text())
    expect(account).toContain('ana@fjord.example Not verified')
  })

  test('says so of an e-mail that is taken, and changes nothing of its account', async () => {
    await visit().signUp()
    const before = await accounts()
    const browser = visit()
    const response = await browser.signUp({ name: 'Eve', password: 'another password' })
    expect(response.status).toBe(422)
    const shown = await response.text()
    expect(textOf(shown)).toContain('This e-mail has an account here already')
    expect(valuesOf(shown, 'input', 'value')).toEqual(['Eve', person.email])
    expect(await accounts()).toEqual(before)
    expect(await browser.whose()).toBeNull()
  })

  test('takes the same e-mail at another server, as another account', async () => {
    await visit().signUp()
    const other = new Browser(world, world.southwind.servers.platform)
    expect((await other.signUp({ password: 'another password' })).status).toBe(303)
    expect(await accounts()).toHaveLength(2)
    expect((await visit().signIn({ ...person, password: 'another password' })).status).toBe(422)
  })

  test('makes one account of many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => visit().signUp()))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422, 422, 422])
    expect(await accounts()).toHaveLength(1)
  })

  test('is slowed for a network, by name taken or not', async () => {
    const answers: Response[] = []
    for (let n = 0; n < 12; n++)
      answers.push(await visit().signUp({ email: `n${n % 2}@fjord.example` }))
    expect(answers.map(({ status }) => status)).toEqual([
      ...[303, 303, 422, 422, 422, 422, 422, 422, 422, 422],
      ...[429, 429],
    ])
    const last = answers[11]
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(textOf(await last?.text())).toContain('Too many new accounts. Try again in')
    // At another server it is another count.
    const other = new Browser(world, world.southwind.servers.platform)
    expect((await other.signUp()).status).toBe(303)
  })

  const wrong: [what: string, given: Partial<typeof person>, field: string][] = [
    ['no name', { name: '  ' }, 'name'],
    ['a name of several lines', { name: 'Ana\nBcc: eve' }, 'name'],
    ['a name of controls that turn text only', { name: '\u202e\u2066' }, 'name'],
    ['no e-mail', { email: '' }, 'email'],
    ['what is no e-mail', { email: 'ana' }, 'email'],
    ['a header in the e-mail', { email: 'ana@fjord.example\r\nBcc: eve@evil.example' }, 'email'],
    ['a short password', { password: 'ninechars' }, 'password'],
    ['an endless password', { password: 'x'.repeat(201) }, 'password'],
  ]
  for (const [what, given, field] of wrong)
    test(`with ${what} is refused beside the field`, async () => {
      const response = await visit().signUp(given)
      expect(response.status).toBe(422)
      const shown = await response.text()
      expect(valuesOf(shown, 'span', 'id')).toContain(`${field}-problem`)
      expect(shown).not.toContain(given.password ?? person.password)
      expect(await accounts()).toHaveLength(0)
    })

  test('keeps a name’s text in the order it is read in', async () => {
    await visit().signUp({ name: '\u202eanA\u202c \u2066Lindqvist' })
    expect((await accounts())[0]?.name).toBe('anA Lindqvist')
  })
})
