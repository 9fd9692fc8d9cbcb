import { cpus, loadavg, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import { readAnalytics } from '#src/analytics/queries.ts'
import type { AnalyticsFilter } from '#src/analytics/range.ts'
import { plantTickets } from './analytics/planting.ts'

/**
 * `bun bench/analytics.ts [--tickets 100000] [--runs 5]`: how long the figures of one organization
 * take, with its tickets spread over 730 days. A million take minutes to plant.
 */
const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
  },
})
const tickets = Number(values.tickets)
const patienceMs = 120_000
const asked: [name: string, filter: AnalyticsFilter][] = [
  ['30 days', {}],
  ['30 days of a server', { server: 'server-3' }],
  ['30 days of a tool', { tool: 'tool-7' }],
  ['90 days', { days: 90 }],
  ['365 days', { days: 365 }],
  ['365 days of a server', { days: 365, server: 'server-3' }],
]

const { database, scope } = await plantTickets(tickets)
const load = loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${load}`)
console.log('| tickets | figures of | tickets read | median | most |')
console.log('| --- | --- | --- | --- | --- |')
for (const [name, filter] of asked) {
  const took: number[] = []
  let read = 0
  for (let run = 0; run < Number(values.runs); run++) {
    const started = performance.now()
    const { analytics } = await readAnalytics(scope, filter, patienceMs)
    took.push(Math.round(performance.now() - started))
    if (typeof analytics === 'string') throw new Error(analytics)
    read = analytics.total.n + analytics.total.before
  }
  took.sort((a, b) => a - b)
  const shown = [tickets, read].map((n) => n.toLocaleString('en-US'))
  const median = took[Math.floor(took.length / 2)]
  console.log(`| ${shown[0]} | ${name} | ${shown[1]} | ${median} ms | ${took.at(-1)} ms |`)
}
await database.close()
process.exit()
