import { describe, expect, test } from 'bun:test'
import * as database from './structure/database.ts'
import * as habits from './structure/habits.ts'
import * as layers from './structure/layers.ts'
import { planted } from './structure/planted.ts'
import { importsOf, type Rule, readTree, type Source, scannedImports } from './structure/sources.ts'

const tree = await readTree()
const rules = Object.entries({ ...layers, ...database, ...habits }).filter(
  (entry): entry is [string, Rule] => typeof entry[1] === 'function' && entry[0] !== 'layerOf',
)

/** The tree with a file added, or put in the place of the one at its path. */
const withPlanted = (source: Source) => [...tree.filter(({ path }) => path !== source.path), source]

test('the whole house is read', () => {
  const paths = tree.map(({ path }) => path)
  for (const path of ['src/app.ts', 'views/layout.tsx', 'sdk/src/index.ts', 'public/app.js'])
    expect(paths).toContain(path)
})

test('no import escapes the reader of imports', () => {
  for (const source of tree.filter(({ path }) => /^(src|views|sdk).*\.tsx?$/.test(path))) {
    const read = importsOf(source).map(({ to }) => to)
    const missed = scannedImports(source).filter((seen) => !read.includes(seen))
    expect({ path: source.path, missed }).toEqual({ path: source.path, missed: [] })
  }
})

for (const [name, rule] of rules)
  describe(
    name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    () => {
      test('holds in the house', () => {
        expect(rule(tree)).toEqual([])
      })

      const cases = planted[name] ?? []
      test('has a planted violation', () => expect(cases.length).toBeGreaterThan(0))
      for (const [index, source] of cases.entries())
        test(`catches ${source.path} (${index + 1})`, () => {
          const violations = rule(withPlanted(source))
          expect(violations.some((sentence) => sentence.includes(source.path))).toBe(true)
        })
    },
  )
