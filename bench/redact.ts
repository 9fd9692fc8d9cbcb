import { cpus, loadavg, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import { bound, windowed } from '#sdk/cut.ts'
import { redactText, redactValue } from '#sdk/redact.ts'
import { hostile, typical } from './redact/inputs.ts'

/**
 * `bun bench/redact.ts [--kB 64] [--runs 9]`: how fast secrets are searched for, beside
 * `JSON.stringify` of the same text in the same run, and whether hostile texts take time in
 * proportion to their length: n, 2n and 4n.
 */
const { values } = parseArgs({
  options: { kB: { type: 'string', default: '64' }, runs: { type: 'string', default: '9' } },
})
const chars = Number(values.kB) * 1024
const runs = Number(values.runs)

const load = () => loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${load()}`)

console.log('\n| typical text | MB/s | least | most | beside JSON.stringify |')
console.log('| --- | --- | --- | --- | --- |')
for (const [name, unit] of Object.entries(typical)) {
  const text = filled(unit, chars)
  const took = measured(() => redactText(text))
  const stringify = median(measured(() => JSON.stringify(text)))
  const [middle, slowest, fastest] = [median(took), took.at(-1), took[0]].map(
    (ms) => Math.round(text.length / (ms ?? 0) / 100) / 10,
  )
  const ratio = Math.round(median(took) / stringify)
  console.log(`| ${name} | ${middle} | ${slowest} | ${fastest} | ${ratio} × |`)
}

const call = { arguments: { note: filled(typical.prose, 300), page: 2 }, error: 'It failed.' }
const large = filled(typical.JSON, 1_000_000)
console.log('\n| a failed call | median | most |\n| --- | --- | --- |')
console.log(row('of 300 characters', () => redactValue(bound(call))))
console.log(row('of 1 MB', () => redactValue(bound({ arguments: large }))))
console.log(row('error text of 1 MB', () => redactText(windowed(large))))

console.log(`\n| hostile text | n = ${values.kB} kB | 2n | 4n | 4n : n |`)
console.log('| --- | --- | --- | --- | --- |')
const rows = Object.entries(hostile).map(([name, unit]) => {
  const took = [1, 2, 4].map((times) => {
    const text = filled(unit, times * chars)
    return median(measured(() => redactText(text)))
  })
  return { name, took, growth: (took[2] ?? 0) / (took[0] ?? 1) }
})
for (const { name, took, growth } of rows.toSorted((a, b) => (b.took[2] ?? 0) - (a.took[2] ?? 0)))
  console.log(`| ${name} | ${took.map(shown).join(' | ')} | ${growth.toFixed(1)} |`)
console.log(`\nload ${load()}`)

function filled(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

/** Milliseconds of each run, sorted; the first ones only warm up. */
function measured(act: () => unknown): number[] {
  for (let run = 0; run < 3; run++) act()
  const took = Array.from({ length: runs }, () => {
    const started = performance.now()
    act()
    return performance.now() - started
  })
  return took.toSorted((a, b) => a - b)
}

function row(name: string, act: () => unknown): string {
  const took = measured(act)
  return `| ${name} | ${shown(median(took))} | ${shown(took.at(-1) ?? 0)} |`
}

function median(sorted: number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function shown(ms: number): string {
  return ms < 1 ? `${Math.round(ms * 1000)} µs` : `${ms.toFixed(1)} ms`
}
