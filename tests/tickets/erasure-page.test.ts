import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { payloads } from '../hostile/payloads.ts'
import { plantTicket } from '../hostile/planting.ts'
import { elementsOf, textOf, valuesOf } from '../views/parse.ts'
import { issuer, makeWorld, type World } from '../world.ts'
import { erasing, nobody, people } from './erasure.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const { page, fileBy, erase, stored } = erasing(
  () => world,
  () => cookie,
)

describe('the page before it', () => {
  test('says who, from how many tickets, what goes and what stays; nothing more is chosen', async () => {
    const ana = people()
    await fileBy(ana)
    const shown = await page(await fileBy(ana))
    const text = textOf(shown)
    expect(text).toContain('Ana Lindqvist ana@fjord.example Vouched for by the server')
    expect(text).toContain(
      `2 tickets, at every server of the organization: all of subject ${ana.subject} at ${issuer}`,
    )
    expect(text).toContain('Erase the reporter of 2 tickets')
    expect(text).toMatch(/There is no way back.*Goes.*Stays.*Choose now/)
    expect(text).toContain('What the error has in common with tickets of others stays')
    const boxes = elementsOf(shown).filter(({ attributes }) =>
      attributes.some(([name, value]) => name === 'name' && value === 'words'),
    )
    expect(boxes).toHaveLength(1)
    expect(boxes[0]?.attributes.map(([name]) => name)).not.toContain('checked')
  })

  test('of an address says that anyone may have typed it', async () => {
    const shown = await page(
      await world.file(world.northwind.servers.none, { email: 'lee@fjord.example' }),
    )
    expect(textOf(shown)).toContain('lee@fjord.example E-mail given, unverified')
    expect(textOf(shown)).toContain('Anyone can type an address')
    expect(textOf(shown)).toContain('Erase the reporter of 1 ticket ')
  })

  test('keeps the list’s filter on every way out', async () => {
    const number = await fileBy(people())
    const shown = await page(number, '?status=open&q=fails')
    const ticket = `/northwind/tickets/${number}?status=open&q=fails`
    expect(valuesOf(shown, 'a', 'href').filter((href) => href === ticket)).toHaveLength(2)
    const [action = ''] = valuesOf(shown, 'form', 'action').filter((path) =>
      path.includes('erasure'),
    )
    const answer = await world.ask(action, { cookie, form: { words: '' } })
    expect(answer.headers.get('location')).toBe(ticket)
  })

  test('and the erasure itself take any text as text', async () => {
    const skeletons = new Set<string>()
    for (const text of payloads.filter((_, n) => n % 9 === 0)) {
      await world.database.owner`delete from rate_bucket`
      const number = await plantTicket(world, world.northwind, text)
      const shown = elementsOf(await page(number)).map(({ tag, attributes }) =>
        [tag, ...attributes.map(([name]) => name)].join(' '),
      )
      skeletons.add(shown.join())
      expect((await erase(number)).status).toBe(303)
      expect(await stored(number)).toMatchObject(nobody)
    }
    expect(skeletons.size).toBe(1)
  })
})
