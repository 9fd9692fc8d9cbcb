import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { isWordy } from '#src/tickets/wording.ts'
import { inboxPath } from '#views/paths.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { issuer, makeWorld, type World } from '../world.ts'
import { find, plantSearchable, type Searchable, ticket } from './searchable.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

describe('what people type finds', () => {
  const given: [text: Partial<Searchable>, typed: string[], not: string[]][] = [
    [
      { tool: 'search_docs' },
      ['search_docs', 'search-docs', 'docs', 'search_d', 'SEARCH'],
      ['docs_search', 'arch'],
    ],
    [
      { tool: 'createInvoice' },
      ['createinvoice', 'createInvoice', 'invoice', 'create_invoice'],
      ['voice'],
    ],
    [
      { email: 'ana.lind@fjord.example' },
      ['fjord', 'lind@fjord.ex', 'ana.lind', 'ana.lind@fjord.example'],
      ['ana@fjord'],
    ],
    [
      { title: 'GET https://docs.example/v2/pages?id=7 fails' },
      ['/v2/pages', 'docs.example', 'pages?id=7', 'https://docs.example/v2'],
      ['v2/docs'],
    ],
    [
      { error: '-32602 invalid params' },
      ['32602', '-32602', '"invalid params"', 'params invalid'],
      ['3260 invalid'],
    ],
    [{ title: 'Rechnung für ÜNAL, ЖУК' }, ['ünal', 'Ünal', 'жук', 'FÜR'], ['unal']],
    [{ name: "Pat O'Brien" }, ["o'brien", 'brien', 'o’brien'], ['obrien']],
  ]
  for (const [n, [text, typed, not]] of given.entries())
    test(Object.values(text).join(), async () => {
      const number = 100 + n
      await plantSearchable(world, world.northwind, [ticket(number, 'It', text)])
      for (const q of typed)
        expect({ q, found: (await find(world.northwind, q)).numbers.includes(number) }).toEqual({
          q,
          found: true,
        })
      for (const q of not)
        expect({ q, found: (await find(world.northwind, q)).numbers.includes(number) }).toEqual({
          q,
          found: false,
        })
    })

  test('the number of a ticket, as staff and as reporters name it', async () => {
    const { none, external } = world.northwind.servers
    const of = async (q: string) => (await find(world.northwind, q)).numbers
    for (const q of ['#100', '100', `${none.slug}-100`, `${none.slug.toUpperCase()}-100`])
      expect(await of(q)).toEqual([100])
    for (const q of [
      '#99',
      '#0100',
      `${external.slug}-100`,
      `${world.southwind.servers.none.slug}-100`,
    ])
      expect(await of(q)).toEqual([])
  })
})

test('letters and their marks are found however they were typed, on either side', async () => {
  const [apart, together] = ['Cafe\u0301', 'Caf\u00e9']
  const call = {
    tool: apart,
    at: '2026-11-22T10:00:00Z',
    outcome: 'error',
    error: `${apart} is shut`,
  }
  const number = await world.file(world.northwind.servers.external, {
    title: `${apart} closes`,
    reporter: { issuer, subject: apart },
    context: { calls: [call] },
  })
  const cookie = await world.signIn(world.northwind.staff.email)
  const shown = async (path: string) => (await world.ask(path, { cookie })).text()
  const list = (part: { q?: string; tool?: string }) =>
    inboxPath('northwind', { status: 'active', ...part })
  for (const typed of [apart, together]) {
    expect((await find(world.northwind, typed)).numbers).toContain(number)
    expect(valuesOf(await shown(list({ tool: typed })), 'li', 'id')).toEqual([`ticket-${number}`])
  }
  // Whom the server names is told apart as the server does.
  const [row] = await world.database.owner`
    select mcp_user_id from support_ticket where title = ${`${together} closes`}`
  expect(row?.mcp_user_id).toBe(apart)
})

describe('of more than 32 words', () => {
  const words = Array.from({ length: 40 }, (_, n) => `word${n}x`)
  const some = (n: number) => words.slice(0, n).join(' ')
  beforeAll(() =>
    plantSearchable(world, world.northwind, [
      ticket(500, 'Long', { description: words.join(' ') }),
    ]),
  )

  test('the first are looked for', async () => {
    for (const [q, isFound] of [
      [`${some(31)} gone`, false],
      [`${some(32)} gone`, true],
      [` !  ${some(30)} (${words[30]}) ${words[31]}… gone`, true],
      [`${some(31)} …— ! gone`, false],
    ] as const)
      expect({ q, found: (await find(world.northwind, q)).numbers, isWordy: isWordy(q) }).toEqual({
        q,
        found: isFound ? [500] : [],
        isWordy: isFound,
      })
  })

  test('a pair is one of them', async () => {
    const pairs = words.join('-')
    await plantSearchable(world, world.northwind, [ticket(501, 'Long', { description: pairs })])
    for (const [n, isFound] of [
      [32, false],
      [33, true],
    ] as const) {
      const q = `${words.slice(0, n).join('/')} gone`
      expect({ found: (await find(world.northwind, q)).numbers, isWordy: isWordy(q) }).toEqual({
        found: isFound ? [501] : [],
        isWordy: isFound,
      })
    }
  })

  test('the page says so', async () => {
    const cookie = await world.signIn(world.northwind.staff.email)
    const said = async (n: number) => {
      const q = words
        .slice(0, n)
        .map((_, i) => String.fromCharCode(97 + (i % 26)))
        .join(' ')
      const page = await world.ask(`/northwind/tickets?${new URLSearchParams({ q })}`, { cookie })
      return textOf(await page.text()).includes('Only the first 32 words are looked for.')
    }
    expect([await said(32), await said(33)]).toEqual([false, true])
  })
})
