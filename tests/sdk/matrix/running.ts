import { cpSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../../cluster.ts'
import { packed, run } from '../package/packed.ts'
import type { Cell, Given } from './cell.ts'
import { type Runtime, runtimes, type Setup, setups } from './setups.ts'

const own = ['@mcp-obs/sdk', '@modelcontextprotocol/*', 'zod']

/** A company's package, with the packed SDK installed and the program of the matrix built. */
async function prepare({ name, program }: Setup): Promise<string> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `mcp-obs-matrix-${name}-`)))
  cleanUpAfterUs(directory)
  cpSync(join(import.meta.dir, 'setups', name), directory, { recursive: true })
  await run([process.execPath, 'install', '--frozen-lockfile'], directory)
  await run([process.execPath, 'add', '--no-save', await packed()], directory)
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, 'host', program, 'main.ts')],
    outdir: directory,
    naming: 'main.mjs',
    target: 'node',
    external: own,
  })
  if (!built.success) throw new Error(built.logs.join('\n'))
  return directory
}

/** What a run's program saw by kind, and why there is no more of it. */
export type Seen = { cells: Map<string, Cell>; error: string }

/**
 * Runs the program of each setup on each runtime, one after another on a runtime. Nothing is thrown:
 * what went wrong is in what was seen.
 */
export function runEverything(
  given: (run: string) => Promise<Pick<Given, 'run' | 'issuer' | 'none' | 'external'>>,
): Map<string, Promise<Seen>> {
  const seen = new Map<string, Promise<Seen>>()
  const prepared = setups.map(prepare)
  for (const directory of prepared) directory.catch(() => {})
  for (const runtime of runtimes) {
    let before: Promise<unknown> = Promise.resolve()
    for (const [index, setup] of setups.entries()) {
      const run = `${setup.name} on ${runtime.title}`
      const last = before
      before = Promise.all([prepared[index], last, given(run)]).then(
        ([directory, _, own]) => runProgram(`${directory}`, setup, runtime, own),
        (error) => ({ cells: new Map(), error: String(error) }),
      )
      seen.set(run, before as Promise<Seen>)
    }
  }
  return seen
}

async function runProgram(
  directory: string,
  { protocolVersion, headers }: Setup,
  { command, agent }: Runtime,
  own: Pick<Given, 'run' | 'issuer' | 'none' | 'external'>,
): Promise<Seen> {
  const program = [...command, join(directory, 'main.mjs')]
  const given: Given = { ...own, command: program, agent, protocolVersion, headers }
  const child = Bun.spawn(program, {
    cwd: directory,
    env: { PATH: process.env.PATH, GIVEN: JSON.stringify(given) },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
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
