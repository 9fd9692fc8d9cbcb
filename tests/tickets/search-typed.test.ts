import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { makeWorld, type World } from '../world.ts'
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
