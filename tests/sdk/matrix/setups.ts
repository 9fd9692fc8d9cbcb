import { Glob } from 'bun'
import deno from './setups/deno/package.json'

/** What a company has installed, in exactly the versions of `setups/{name}/bun.lock`. */
export type Setup = {
  name: string
  title: string
  program: 'v1' | 'v2'
  /** The newest version that its client and server both speak, of those with sessions. */
  protocolVersion: string
  /** Its transports show a server the headers of each request. */
  headers: boolean
}

export const setups: Setup[] = [
  {
    name: 'v1-oldest',
    title: 'v1.11.3',
    program: 'v1',
    protocolVersion: '2025-03-26',
    headers: false,
  },
  { name: 'v1', title: 'v1.32.2', program: 'v1', protocolVersion: '2025-11-25', headers: true },
  {
    name: 'v1-zod-4',
    title: 'v1.32.2 with zod 4',
    program: 'v1',
    protocolVersion: '2025-11-25',
    headers: true,
  },
  { name: 'v2', title: 'v2.4.0', program: 'v2', protocolVersion: '2025-11-25', headers: true },
]

export type Runtime = {
  title: 'Bun' | 'Node' | 'Deno'
  /** How it starts a program; Deno from where `setups/deno` is installed. */
  command(deno: string): string[]
  /** What its `fetch` calls itself. */
  agent: string
}

const denoVersion = deno.dependencies.deno

export const runtimes: Runtime[] = [
  { title: 'Bun', command: () => [process.execPath], agent: `Bun/${Bun.version}` },
  { title: 'Node', command: () => ['node'], agent: 'node' },
  {
    title: 'Deno',
    command: (directory) => [binaryOf(directory), 'run', '--allow-all', '--no-prompt'],
    agent: `Deno/${denoVersion}`,
  },
]

/** The package `deno` has its binaries in packages of their own, one for each platform. */
const binaryOf = (directory: string): string =>
  [
    ...new Glob('node_modules/@deno/*/deno{,.exe}').scanSync({ cwd: directory, absolute: true }),
  ][0] ?? 'deno'
