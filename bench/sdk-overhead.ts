import { cpus, loadavg, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import { median } from './sdk-overhead/figures.ts'
import { install, versions } from './sdk-overhead/install.ts'
import { modes } from './sdk-overhead/modes.ts'
import { goals, misses, modeTable, startTable } from './sdk-overhead/report.ts'
import { type Measured, measure, type Runtime } from './sdk-overhead/rounds.ts'

const help = `bun bench/sdk-overhead.ts [--quick] [--runtime node|bun]

What the SDK adds to a tool call of an MCP server over stdio, in time and CPU, beside a plain server,
@sentry/node and agentcat in the same run, on Node and on Bun. About nine minutes; installs packages.

  --quick     two rounds instead of six: a minute and a half, and a hint at most
  --runtime   only this one

Ends with 1 where the SDK adds more than ${goals.inServerMicros} µs to the median call inside the server, or more than
${goals.cpuMicros} µs of CPU to each call.`

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    runtime: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(help)
  process.exit()
}

const runtimes: Runtime[] = ['node', 'bun']
const amount = values.quick
  ? { starts: 2, generations: 1, rounds: 2 }
  : { starts: 6, generations: 2, rounds: 3 }
const load = () => loadavg()[0]?.toFixed(1)

const loadBefore = load()
const place = await install()
const missed: string[] = []
for (const runtime of runtimes.filter((each) => each === (values.runtime ?? each))) {
  const measured = await measure(runtime, place, amount)
  const version = Bun.spawnSync([runtime, '--version']).stdout.toString().trim().replace('v', '')
  const name = `${runtime === 'node' ? 'Node' : 'Bun'} ${version}`
  console.log(`## ${name}\n\n${report(measured)}\n`)
  missed.push(...misses(measured).map((miss) => `${name}, ${miss}`))
}
console.log(`Arrived: ${await (await fetch(`${place.sink}/arrived`)).text()}`)
place.stop()

const packages = Object.entries(versions).map((pair) => pair.join(' '))
console.log(
  `${packages.join(', ')}\n${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${loadBefore} before, ${load()} after`,
)
for (const miss of missed) console.log(`missed: ${miss}`)
process.exit(missed.length > 0 ? 1 : 0)

function report(measured: Measured): string {
  const ticketMs = median(measured.ticketCpuMicros) / 1000
  return [
    ...modes.map((mode) => {
      const of = measured.blocks.get(mode)
      return (
        of && `${mode.name}, ${of.plain.length} × ${mode.forMs} ms, µs:\n\n${modeTable(mode, of)}`
      )
    }),
    startTable(measured),
    `A ticket and its delivery take ${ticketMs.toFixed(1)} ms of CPU.`,
  ].join('\n\n')
}
