import { expect, test } from 'bun:test'
import verdicts from './patterns.json'
import { patternsAtWork } from './patterns.ts'

type Verdict = {
  recheck: string
  attack?: { pumps: { prefix: string; pump: string }[]; suffix: string }
}
const judged: Record<string, Verdict> = verdicts
const patterns = patternsAtWork()
const sources = new URL('../../../sdk/src/', import.meta.url).pathname
const chars = 256 * 1024

test('recheck has judged every pattern; after a change: bun bench/recheck.ts', () => {
  expect(patterns.length).toBeGreaterThan(60)
  expect(patterns.map(String).filter((pattern) => !judged[pattern])).toEqual([])
})

/**
 * recheck proves some of them linear, and finds no attack on others. Where it says polynomial, it
 * looks at bounded counts and starts of matches as if they were not; there its own attack, at the
 * largest body the desk takes, has to end at once. Quadratic work would take minutes.
 */
const alarms = patterns.filter((pattern) => judged[String(pattern)]?.attack)
test.each(alarms.map((pattern) => [String(pattern).slice(0, 60), pattern] as const))(
  'what recheck has against %s takes linear time',
  (_, pattern) => {
    const { pumps = [], suffix = '' } = judged[String(pattern)]?.attack ?? {}
    const each = chars / Math.max(1, pumps.length)
    const text = pumps.map(({ prefix, pump }) => prefix + pump.repeat(each / pump.length)).join('')
    const started = performance.now()
    for (const [, found] of [...`${text}${suffix}`.matchAll(global(pattern))].entries())
      expect(found.index).toBeLessThan(2 * chars)
    expect(performance.now() - started).toBeLessThan(3_000)
  },
)

const global = ({ source, flags }: RegExp) =>
  new RegExp(source, flags.includes('g') ? flags : `${flags}g`)

/** Comments aside, a slash that begins a pattern stands after one of these. */
const literal = /(?<=[(=,[:!&|?] ?|^\s+)\/(?![/*\s]).*/m
const files =
  `redact secrets shapes pairs values quotes elements flags holding marks cards bytes plain
  seams cut fit hooks`.split(/\s+/)

test.each(files)('every pattern in %s.ts is among those at work', async (file) => {
  const source = await Bun.file(`${sources}${file}.ts`).text()
  const rest = patterns
    .map(({ source }) => `/${source}/`)
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (text, pattern) => text.replaceAll(pattern, 'seen'),
      escaped(source.replace('words.split(/\\s+/)', '')),
    )
  expect(literal.exec(rest)?.[0] ?? '').toBe('')
})

/** As the engine writes a pattern down. */
const escaped = (text: string) =>
  text.replace(
    /[^\0-\x7f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
