import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, type } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { deskSettings } from '#tests/program.ts'

/**
 * `bun bench/start.ts [--binary dist/mcp-obs] [--runs 10]`: the size of the binary, and how long
 * from its start until a browser has the first page: cold with an empty data directory, then warm.
 */
const { values } = parseArgs({
  options: {
    binary: { type: 'string', default: 'dist/mcp-obs' },
    runs: { type: 'string', default: '10' },
  },
})
const binary = resolve(values.binary)
const goals = { MB: 140, cold: 2_000, warm: 500 }

const cold: number[] = []
const warm: number[] = []
for (let run = 0; run < Number(values.runs); run++) {
  const dataDir = mkdtempSync(join(tmpdir(), 'mcp-obs-bench-'))
  chmodSync(dataDir, 0o711)
  cold.push(await firstPageMs(dataDir))
  warm.push(await firstPageMs(dataDir))
  rmSync(dataDir, { recursive: true })
}

const load = loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${load}`)
console.log(`| | goal | median | least | most | runs |\n| --- | --- | --- | --- | --- | --- |`)
const megabytes = statSync(binary).size / 1e6
console.log(`| size | ≤ ${goals.MB} MB | ${megabytes.toFixed(1)} MB | | | |`)
console.log(row('first page, empty data directory', goals.cold, cold))
console.log(row('first page, again', goals.warm, warm))

async function firstPageMs(dataDir: string): Promise<number> {
  const settings = deskSettings({ MCP_OBS_DATA_DIR: dataDir })
  const started = performance.now()
  const child = Bun.spawn([binary], { cwd: tmpdir(), env: settings, stdout: 'ignore' })
  const page = () =>
    fetch(settings.MCP_OBS_BASE_URL).then(
      async (response) => (await response.text()).includes('</html>'),
      () => false,
    )
  while (!(await page())) await Bun.sleep(2)
  const took = performance.now() - started
  child.kill('SIGTERM')
  if ((await child.exited) !== 0) throw new Error('the desk did not end with 0')
  return took
}

function row(name: string, goal: number, took: number[]): string {
  const sorted = took.toSorted((a, b) => a - b)
  const shown = [median(sorted), sorted[0], sorted.at(-1)].map((ms) => `${Math.round(ms ?? 0)} ms`)
  return `| ${name} | ≤ ${goal} ms | ${shown.join(' | ')} | ${took.length} |`
}

function median(sorted: number[]): number {
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle - 1)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
