import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { provideChromium } from './run/chromium.ts'
import { totalsOf } from './run/totals.ts'

/**
 * The test command, `bun run test [filter …]`: sees to a Chromium, runs the test files whose paths
 * contain a filter, and ends with one line, `N passed, N failed`. Options are those of `bun test`,
 * such as `-t` with part of a test's name, or `--update-timings` to measure anew which files take
 * long: they are started first.
 */
const workersMax = 4
const timeoutMs = 30_000

const found = provideChromium()
process.exitCode = found.ok ? await runTests(found.path) : refuse(found.problem)

async function runTests(CHROMIUM_PATH: string): Promise<number> {
  // One more than there are cores: many files wait for another process, or for the clock.
  const workers = Math.min(workersMax, availableParallelism() + 1)
  const timings = join(import.meta.dir, 'run/timings.json')
  // Files of one worker share its database cluster, hence --no-isolate.
  const options = [
    ...[`--parallel=${workers}`, '--no-isolate', `--timings=${timings}`],
    `--timeout=${timeoutMs}`,
  ]
  const colors = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const runner = Bun.spawn([process.execPath, 'test', ...options, ...process.argv.slice(2)], {
    env: { ...process.env, ...colors, CHROMIUM_PATH },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [said, reported] = await Promise.all([show(runner.stdout), show(runner.stderr)])
  const { passed, failed, skipped } = totalsOf(`${said}\n${reported}`, await runner.exited)
  if (skipped > 0)
    process.stdout.write(`${skipped} tests need root and were left out: see (skip) above.\n`)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed > 0 ? 1 : 0
}

/** Shows output as it comes, all on one stream so that the totals are its last line. */
async function show(output: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let all = ''
  for await (const chunk of output) {
    process.stdout.write(chunk)
    all += decoder.decode(chunk, { stream: true })
  }
  return all
}

function refuse(problem: string): number {
  process.stderr.write(`${problem}\n`)
  process.stdout.write('0 passed, 1 failed\n')
  return 1
}
