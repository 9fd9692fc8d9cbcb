import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Timing } from '../../../sdk/src/timing.ts'
import { cleanUpAfterUs } from '../../cluster.ts'
import { newKey, until } from '../desk.ts'
import type { Given, Told } from './child.ts'
import { type Gateway, openGateway } from './gateway.ts'
import { kinds } from './kinds.ts'

/** Addresses that were never a desk, so that no one knows whether support is on. */
export const unreachable = ['an unknown host', 'a closed port', 'no TLS'] as const

/** A process that has raised one ticket for each kind of fault, and what it said about it. */
export async function startRun(runtime: string, program: string) {
  const gateways = new Map<string, Gateway>()
  for (const { name, fault } of kinds) gateways.set(name, await openGateway(fault))
  const given: Given[] = [...gateways].map(([name, { url }]) => {
    return { name, url, key: newKey(), listed: true }
  })
  const plain = given[0]?.url ?? ''
  const urls = ['http://desk.invalid', 'http://127.0.0.1:1', plain.replace('http:', 'https:')]
  for (const [index, name] of unreachable.entries())
    given.push({ name, url: urls[index] ?? '', key: newKey(), listed: false })

  const { told, end, kill } = startProcess(runtime, program, given)
  await until(() => told.size === given.length, 25_000)
  return {
    gateway: (name: string) => gateways.get(name) as Gateway,
    gateways: [...gateways.values()],
    told: (name: string) => told.get(name) as Told,
    end,
    async close() {
      kill()
      for (const gateway of gateways.values()) await gateway.close()
    },
  }
}

export function startProcess(
  runtime: string,
  program: string,
  given: Given[],
  quick: Partial<Timing> = {},
) {
  const child = Bun.spawn([runtime, program, JSON.stringify(given), JSON.stringify(quick)], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const errors = new Response(child.stderr).text()
  const told = new Map<string, Told>()
  const reading = readLines(child.stdout, (line) => {
    const one: Told = JSON.parse(line)
    told.set(one.name, one)
  })
  return {
    told,
    kill: () => child.kill(),
    /** Takes from the process what keeps it alive, and waits until it ends. */
    async end() {
      const started = performance.now()
      child.stdin.end()
      const code = await child.exited
      await reading
      return { code, ms: performance.now() - started, errors: await errors }
    },
  }
}

/** The program in one file, as both runtimes can run it. */
export async function bundleChild(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'mcp-obs-faults-'))
  cleanUpAfterUs(outdir)
  const entrypoints = [join(import.meta.dir, 'child.ts')]
  await Bun.build({ entrypoints, target: 'node', outdir, naming: 'child.mjs' })
  return join(outdir, 'child.mjs')
}

async function readLines(output: ReadableStream<Uint8Array>, each: (line: string) => void) {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of output) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) each(line)
  }
}
