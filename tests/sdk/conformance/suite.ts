import { mkdtempSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../../cluster.ts'
import { once } from '../../once.ts'
import { run } from '../package/packed.ts'
import { isOwnHost } from './answers.ts'

const version = '0.2.0-alpha.12'

/** Installs the conformance suite into a directory of its own, once a process: its program's path. */
export const installSuite = (): Promise<string> => once('conformance suite', install)

async function install(): Promise<string> {
  const directory = openDirectory()
  const dependencies = { '@modelcontextprotocol/conformance': version }
  await Bun.write(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }))
  await run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'], directory)
  return join(directory, 'node_modules/@modelcontextprotocol/conformance/dist/index.js')
}

/** Each check of a scenario with its outcome, such as `tools-list: SUCCESS`. */
export type Results = Record<string, string[]>

/** Runs the suite against a server and returns what each scenario found, in order. */
export async function runSuite(
  program: string,
  serve: (request: Request) => Promise<Response>,
  options: string[],
): Promise<Results> {
  const output = join(openDirectory(), 'results')
  const http = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 0,
    fetch: (request) =>
      isOwnHost(request.headers) ? serve(request) : new Response('', { status: 403 }),
  })
  const url = `http://127.0.0.1:${http.port}/mcp`
  const suite = [process.execPath, program, 'server', '--url', url, '-o', output, ...options]
  // It ends with 1 where a check fails; what counts here is whether both servers fail it.
  const child = Bun.spawn(suite, { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' })
  await child.exited
  await http.stop(true)
  return readResults(output)
}

type Check = { id: string; status: string; errorMessage?: string }

/** What a run of the suite left behind. */
export async function readResults(directory: string): Promise<Results> {
  const results: Results = {}
  for (const name of (await readdir(directory)).sort()) {
    const checks: Check[] = await Bun.file(join(directory, name, 'checks.json')).json()
    const scenario = name.replace(/^server-/, '').replace(/-\d{4}-\d{2}-\d{2}T.*$/, '')
    results[scenario] = checks.map(({ id, status, errorMessage = '' }) =>
      [id, status, errorMessage].filter(Boolean).join(': '),
    )
  }
  return results
}

/** A directory that is gone when this process has ended. */
export function openDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-conformance-'))
  cleanUpAfterUs(directory)
  return directory
}
