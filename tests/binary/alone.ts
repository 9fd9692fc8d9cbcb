import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../cluster.ts'
import { once } from '../once.ts'
import type { Program } from '../program.ts'

const repository = join(import.meta.dir, '../..')

/** The binary of what lies in the checkout, by the command that people use; once a process. */
export const buildBinary = (): Promise<string> => once('binary', build)

async function build(): Promise<string> {
  const directory = openDirectory()
  const binary = join(directory, 'built')
  const building = Bun.spawn([process.execPath, 'run', 'build', '--outfile', binary], {
    cwd: repository,
    stdout: 'ignore',
    stderr: 'pipe',
  })
  if ((await building.exited) !== 0) throw new Error(await new Response(building.stderr).text())
  return binary
}

/** A directory that any account can pass through, gone when this process has ended. */
function openDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-binary-'))
  chmodSync(directory, 0o755)
  cleanUpAfterUs(directory, join(directory, 'data'))
  return directory
}

/** What a program must not read where it happens to be started. */
const hostile = {
  '.env': 'MCP_OBS_LISTEN=nonsense\nMCP_OBS_HOSTILE=1\nDATABASE_URL=postgres://nowhere.invalid/x\n',
  'bunfig.toml': 'preload = ["./hostile.ts"]\n',
  'hostile.ts': 'process.exit(66)\n',
  'package.json': '{ "name": "hostile", "imports": { "#src/*": "./*" } }\n',
  'tsconfig.json': '{ "compilerOptions": { "jsxImportSource": "hostile" } }\n',
}

type Account = { uid: number | null; offline?: boolean }

export type Alone = Program & { dataDir: string }

/**
 * The binary by itself: a copy in a directory with nothing of use beside it, without an
 * environment, run by an account, where the checkout is out of sight.
 */
export function alone(binary: string, { uid, offline = false }: Account): Alone {
  const directory = openDirectory()
  const copy = join(directory, 'mcp-obs')
  copyFileSync(binary, copy)
  chmodSync(copy, 0o755)
  const cwd = join(directory, 'cwd')
  const dataDir = join(directory, 'data')
  for (const path of [cwd, dataDir]) {
    mkdirSync(path, { mode: 0o755 })
    if (uid !== null) chownSync(path, uid, uid)
  }
  for (const [name, text] of Object.entries(hostile)) writeFileSync(join(cwd, name), text)
  const account =
    uid === null ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']
  const command = (environment: Record<string, string>) => [
    ...outOfSight(offline),
    ...account,
    'env',
    '-i',
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    copy,
  ]
  return { command, cwd, dataDir }
}

/** In a view of the file system where the checkout is empty; offline also without any network. */
const outOfSight = (offline: boolean): string[] => [
  ...['unshare', '--mount', ...(offline ? ['--net'] : [])],
  ...['sh', '-c', 'mount -t tmpfs -o ro none "$0" && exec "$@"', repository],
]
