import { cpus, loadavg, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import { openExplained, type Statement } from './causes/explained.ts'
import { plantCauses } from './causes/planting.ts'
import { readsOf } from './causes/reads.ts'

/**
 * `bun bench/causes.ts [--tickets 1000000] [--runs 3] [--only avoided] [--statements]`: what the reads cost that
 * causes brought along, in blocks and in the database's time, in one organization whose largest
 * cause has a fifth of all tickets. Fails where one reads more blocks than it may. A million take
 * minutes to plant.
 */
const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    statements: { type: 'boolean', default: false },
  },
})
const tickets = Number(values.tickets)
const shown = (n: number) => n.toLocaleString('en-US')
const sum = (statements: Statement[], of: 'buffers' | 'ms') =>
  statements.reduce((all, statement) => all + statement[of], 0)

const planting = performance.now()
const { database } = await plantCauses(tickets)
console.log(`planted in ${Math.round((performance.now() - planting) / 1000)} s`)
const { scope, statementsOf, close } = await openExplained(database)
const load = loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${load}`)
console.log(`| ${shown(tickets)} tickets | blocks | at most | ms |`)
console.log('| --- | --- | --- | --- |')
let failed = false
for (const { name, work, buffersMax } of await readsOf(scope, tickets)) {
  if (!name.includes(values.only)) continue
  const runs: Statement[][] = []
  for (let run = 0; run < Number(values.runs); run++) runs.push(await statementsOf(work))
  runs.sort((a, b) => sum(a, 'ms') - sum(b, 'ms'))
  const usual = runs[Math.floor(runs.length / 2)] ?? []
  if (usual.length === 0) throw new Error(`${name}: no statement was explained`)
  const blocks = Math.max(...runs.map((run) => sum(run, 'buffers')))
  const isOver = blocks > buffersMax
  failed ||= isOver
  const cost = `${isOver ? `**${shown(blocks)}**` : shown(blocks)} | ${shown(buffersMax)}`
  console.log(`| ${name} | ${cost} | ${sum(usual, 'ms').toFixed(1)} |`)
  if (values.statements)
    for (const { text, buffers, ms } of usual)
      console.log(`    ${buffers} in ${ms} ms: ${text.replace(/\s+/g, ' ').slice(0, 160)}`)
}
await close()
await database.close()
process.exit(failed ? 1 : 0)
