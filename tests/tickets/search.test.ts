import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { inScope } from '#src/db/scope.ts'
import { searchTickets } from '#src/tickets/searching.ts'
import { type Status, statuses } from '#src/tickets/ticket.ts'
import { makeWorld, type TestOrganization, type World } from '../world.ts'
import { matches, plantSearchable, type Searchable } from './searchable.ts'

const seed = 20_261_122
const words = [
  ...['search_docs', 'searchDocs', 'createInvoice', 'search-docs', 'search', 'docs', 'Docs', 'doc'],
  ...[
    'fjord',
    'ana@fjord.example',
    'ANA',
    'ana',
    "O'Brien",
    "don't",
    'https://docs.fjord.example/a?b=1',
  ],
  ...[
    '403',
    '-32602',
    '1.4.2',
    'timeout',
    'timeouts',
    'time',
    'ÜNAL',
    'ünal',
    'Größe',
    'ЖУК',
    'жук',
  ],
  ...[
    'a',
    'ab',
    'x',
    '&',
    '|',
    '!',
    '\\',
    "'",
    '"',
    ':*',
    '<->',
    '(',
    ')',
    '@',
    '=o',
    '=c',
    '--',
    ';',
  ],
  ...[
    "'x'",
    "\\'",
    'a&b',
    '!search',
    'docs:*',
    '%',
    '_',
    '__',
    '$1',
    '“docs”',
    'docs…',
    '文档',
    'e\u0301',
  ],
  ...['x'.repeat(70), `${'x'.repeat(60)}y`, '{"query":"docs"}', 'GitHub', 'github', 'git'],
]
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
const said = text.map((parts) => parts.join(' '))
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 1 })
const ticket: fc.Arbitrary<Omit<Searchable, 'number'>> = fc.record({
  status: fc.constantFrom(...statuses),
  title: said,
  description: said,
  name: maybe(said),
  email: maybe(fc.constantFrom('ana@fjord.example', 'bo.li@lund.example')),
  tool: maybe(fc.constantFrom('search_docs', 'getWeather', 'docs/list')),
  error: maybe(said),
})

let world: World
const tickets = new Map<TestOrganization, Searchable[]>()

/** Numbers far apart, so that they lie in many blocks; the same in both organizations. */
beforeAll(async () => {
  world = await makeWorld()
  for (const [n, organization] of [world.northwind, world.southwind].entries()) {
    const made = fc
      .sample(ticket, { seed: seed + n, numRuns: 300 })
      .map((one, i) => ({ ...one, number: 1 + i * 577 }))
    await plantSearchable(world, organization, made)
    tickets.set(organization, made)
  }
})
afterAll(() => world.close())

const search = (
  { scope }: TestOrganization,
  query: { q: string; statuses?: Status[]; older?: number; newer?: number },
  wanted = 51,
) => {
  const { q, statuses: asked = [...statuses], older, newer } = query
  const cursor = older ? { older } : newer ? { newer } : null
  return inScope(scope, (tx) => searchTickets(tx, scope, { q, statuses: asked, cursor }, wanted))
}

describe('against reading every ticket', () => {
  const prefix = fc.tuple(fc.constantFrom(...words), fc.integer({ min: 1, max: 9 }))
  const query = fc.record({
    q: fc.oneof(
      { weight: 4, arbitrary: text.map((parts) => parts.slice(0, 3).join(' ')) },
      { weight: 3, arbitrary: prefix.map(([word, length]) => [...word].slice(0, length).join('')) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(...words), prefix)
          .map(([one, [word, length]]) => `${one} ${[...word].slice(0, length).join('')}`),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    ),
    statuses: fc.subarray([...statuses], { minLength: 1 }),
    at: fc.option(fc.record({ number: fc.integer({ min: 1, max: 180_000 }), isUp: fc.boolean() })),
    wanted: fc.constantFrom(1, 5, 51, 1_000),
  })

  test('several hundred random queries find the same in either organization', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(query, async ({ q, statuses: asked, at, wanted }) => {
        if (/^\s*(#|[a-z0-9-]+-)?[1-9]\d*\s*$/i.test(q)) return
        for (const [organization, all] of tickets) {
          const cursor = at ? { [at.isUp ? 'newer' : 'older']: at.number } : {}
          const { numbers } = await search(organization, { q, statuses: asked, ...cursor }, wanted)
          const expected = all
            .filter(({ number }) => !at || (at.isUp ? number > at.number : number < at.number))
            .filter((one) => matches(one, q, asked))
            .map(({ number }) => number)
          const inOrder = at?.isUp ? expected : expected.reverse()
          expect({ q, numbers }).toEqual({ q, numbers: inOrder.slice(0, wanted) })
          found += numbers.length
        }
      }),
      { seed, numRuns: 300 },
    )
    expect(found).toBeGreaterThan(3_000)
  }, 60_000)
})
