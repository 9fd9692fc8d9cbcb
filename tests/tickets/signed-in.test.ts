import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { eraseReporter } from '#src/tickets/erasure/erasing.ts'
import { later } from '../later.ts'
import { type PlantedEndUser, plantEndUser } from '../servers/end-users.ts'
import { plainText } from '../servers/page.ts'
import { makeWorld, type World } from '../world.ts'
import { nobody } from './erasure.ts'

const email = 'ana@fjord.example'
let world: World
let cookie: string
/** The same e-mail in both organizations. */
let ana: PlantedEndUser
let theirs: PlantedEndUser
beforeEach(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  ana = await plantEndUser(world, world.northwind, { email, verified: false })
  theirs = await plantEndUser(world, world.southwind, { email })
})
afterEach(() => world.close())

const fileBy = async (who: PlantedEndUser, from = world.northwind) => {
  await later(world)
  return world.file(from.servers.platform, { reporter: who.reporter })
}
const ask = (path: string, form?: Record<string, string>) =>
  world.ask(`/northwind/tickets/${path}`, { cookie, ...(form && { form }) })
const page = async (number: number) => (await ask(`${number}`)).text()
const isThere = async ({ id }: PlantedEndUser) =>
  (await world.database.owner`select from end_user where id = ${id}`).length === 1
const stored = async (number: number, from = world.northwind) => {
  const [row] = await world.database.owner`select * from support_ticket
    where organization_id = ${from.scope.organizationId} and number = ${number}`
  return row
}

describe('the ticket of somebody whom the desk signed in', () => {
  test('says so, and that their e-mail is not verified as long as it is not', async () => {
    const text = await page(await fileBy(ana))
    expect(plainText(text)).toContain('IdentitySigned in')
    expect(plainText(text)).toContain(`E-mail${email} not verified`)
    const { owner } = world.database
    await owner`update end_user set email_verified_at = now() where id = ${ana.id}`
    expect(await page(1)).not.toContain('not verified')
    await owner`update end_user set email = 'new@fjord.example' where id = ${ana.id}`
    expect(await page(1)).toContain('not verified')
  })

  test('leads to their sign-ins, where there are any to end', async () => {
    const number = await fileBy(ana)
    const { slug } = world.northwind.servers.platform
    const link = `href="/northwind/servers/${slug}/end-users/${ana.id}"`
    expect(await page(number)).toContain(`${link}>2 sign-ins</a>`)
    const { owner } = world.database
    await owner`update oauth_grant set revoked_at = now() where id = ${ana.signIn}`
    expect(await page(number)).toContain(`${link}>1 sign-in</a>`)
    await owner`update mcp_server set auth = 'none' where slug = ${slug}`
    const text = await page(number)
    expect(text).not.toContain(link)
    expect(plainText(text)).toContain('Account1 sign-in')
    await owner`delete from end_user where id = ${ana.id}`
    expect(plainText(await page(number))).toContain('AccountDeleted')
  })

  test('says nothing of accounts where it came by another proof', async () => {
    const number = await world.file(world.northwind.servers.external)
    expect(plainText(await page(number))).not.toMatch(/Account|not verified/)
  })

  test('counts their earlier ones, and nobody else’s with the same e-mail', async () => {
    await fileBy(ana)
    await fileBy(theirs, world.southwind)
    await world.file(world.northwind.servers.none, { email })
    expect(plainText(await page(await fileBy(ana)))).toContain('1 earlier ticket')
  })
})

describe('erasing who was signed in', () => {
  test('says that their account goes too, and of nobody else’s', async () => {
    const signedIn = await (await ask(`${await fileBy(ana)}/erasure`)).text()
    expect(plainText(signedIn)).toContain('Also their account at this server')
    const vouched = await world.file(world.northwind.servers.external)
    const other = await (await ask(`${vouched}/erasure`)).text()
    expect(plainText(other)).not.toContain('their account')
  })

  test('deletes the account with its sign-ins, and takes the person out of their tickets', async () => {
    const numbers = [await fileBy(ana), await fileBy(ana)]
    const elsewhere = await fileBy(theirs, world.southwind)
    expect((await ask(`${numbers[1]}/erasure`, { words: 'on' })).status).toBe(303)
    for (const number of numbers) expect(await stored(number)).toMatchObject(nobody)
    expect([await isThere(ana), await isThere(theirs)]).toEqual([false, true])
    expect(await stored(elsewhere, world.southwind)).toMatchObject({ user_email: email })
    const { owner } = world.database
    const left = await owner`select end_user_id from oauth_grant
      union select end_user_id from end_user_session`
    expect(left.map(({ end_user_id }) => end_user_id)).toEqual([theirs.id])
    expect(fileBy(ana)).rejects.toThrow('identity_invalid')
    expect(await page(numbers[0] ?? 0)).not.toContain('not verified')
  })

  test('that stopped half-way lets nobody raise tickets meanwhile, and goes on', async () => {
    const numbers = [await fileBy(ana), await fileBy(ana), await fileBy(ana)]
    const [named = 0, ...others] = numbers
    const erasure = { number: named, words: false, staffId: world.northwind.staff.id }
    const hurried = { batchTickets: 1, workMs: 0 }
    const { scope } = world.northwind
    expect(await eraseReporter(scope, erasure, hurried)).toEqual({ ok: true, left: true })
    expect(await isThere(ana)).toBe(false)
    expect(fileBy(ana)).rejects.toThrow('identity_invalid')
    expect(await stored(named)).toMatchObject({ mcp_user_id: ana.id })
    expect(await eraseReporter(scope, erasure)).toEqual({ ok: true, left: false })
    for (const number of [named, ...others]) expect(await stored(number)).toMatchObject(nobody)
  })

  test('leaves an account alone whose id somebody else’s issuer uses as a subject', async () => {
    const same = { ...ana.reporter, issuer: 'https://login.example.com' }
    const number = await world.file(world.northwind.servers.external, { reporter: same })
    expect((await ask(`${number}/erasure`, { words: 'on' })).status).toBe(303)
    expect(await stored(number)).toMatchObject(nobody)
    expect(await isThere(ana)).toBe(true)
  })
})
