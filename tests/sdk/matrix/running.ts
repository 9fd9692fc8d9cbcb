import { cpSync, existsSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../../cluster.ts'
import { packed, run } from '../package/packed.ts'
import type { Cell, Given } from './cell.ts'
import { kindsOf } from './kinds.ts'
import { type Runtime, runtimes, type Setup, setups } from './setups.ts'

const endsWithinMs = 120_000
const external = ['@mcp-obs/sdk', '@modelcontextprotocol/*', 'zod']

/** A package of its own, with what one of `setups` has; where it can be, in all its versions. */
async function install(name: string): Promise<string> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `mcp-obs-matrix-${name}-`)))
  cleanUpAfterUs(directory)
  cpSync(join(import.meta.dir, 'setups', name), directory, { recursive: true })
  const locked = existsSync(join(directory, 'bun.lock')) ? ['--frozen-lockfile'] : []
  await run([process.execPath, 'install', ...locked], directory)
  return directory
}

/** A company's package, with the packed SDK installed and the program of the matrix built. */
async function prepare({ name, program }: Setup): Promise<string> {
  const directory = await install(name)
  await run([process.execPath, 'add', '--no-save', await packed()], directory)
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, 'host', program, 'main.ts')],
    outdir: directory,
    naming: 'main.mjs',
    target: 'node',
    external,
  })
  if (!built.success) throw new Error(built.logs.join('\n'))
  return directory
}

/** What a run's program saw by kind, and why there is no more of it. */
export type Seen = { cells: Map<string, Cell>; error: string }

type Own = Pick<Given, 'run' | 'issuer' | 'none' | 'external'>

export const runOf = (setup: Setup, runtime: Runtime) => `${setup.name} on ${runtime.title}`

/**
 * Runs the program of each setup on each runtime, one after another on a runtime. Nothing is thrown:
 * what went wrong is in what was seen.
 */
export function runEverything(given: (run: string) => Promise<Own>): Map<string, Promise<Seen>> {
  const seen = new Map<string, Promise<Seen>>()
  const deno = install('deno')
  const prepared = new Map(setups.map((setup) => [setup, prepare(setup)]))
  for (const runtime of runtimes) {
    let before: Promise<Seen> | undefined
    for (const setup of setups.filter((setup) => kindsOf(setup, runtime).length > 0)) {
      const run = runOf(setup, runtime)
      const ran = async (last = before) => {
        await last
        const command = runtime.command(runtime.title === 'Deno' ? await deno : '')
        const directory = await prepared.get(setup)
        return runProgram(`${directory}`, command, setup, runtime, await given(run))
      }
      before = ran().catch((error) => ({ cells: new Map(), error: String(error) }))
      seen.set(run, before)
    }
  }
  return seen
}

async function runProgram(
  cwd: string,
  start: string[],
  setup: Setup,
  runtime: Runtime,
  own: Own,
): Promise<Seen> {
  const command = [...start, join(cwd, 'main.mjs')]
  const { protocolVersion, headers } = setup
  const { agent } = runtime
  const kinds = kindsOf(setup, runtime)
  const given: Given = { ...own, kinds, command, agent, protocolVersion, headers }
  const child = Bun.spawn(command, {
    cwd,
    env: { PATH: process.env.PATH, GIVEN: JSON.stringify(given), DENO_NO_UPDATE_CHECK: '1' },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: endsWithinMs,
  })
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  // The v2 client says on stdout what it does without.
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
  const cells = lines.map((line): Cell => JSON.parse(line))
  const error = (await child.exited) === 0 ? '' : `exit ${child.exitCode}: ${stderr}`
  return { cells: new Map(cells.map((cell) => [cell.kind, cell])), error }
}
