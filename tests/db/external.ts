import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { layOut } from '#src/db/embedded/layout.ts'
import { programOf } from '#src/db/embedded/program.ts'
import { installRuntime, type Runtime } from '#src/db/embedded/runtime.ts'
import { cleanUpAfterUs } from '#tests/cluster.ts'

/** A PostgreSQL that someone else runs, on a loopback port. Every login's password is `secret`. */
export type External = {
  version: string
  port: number
  /** The superuser, in the database `postgres`. */
  admin: postgres.Sql
  superuser(database: string): postgres.Sql
  /** DATABASE_URL of a login. */
  url(login: string, database: string): string
}

const password = 'secret'

/** Which binaries: of PG_BIN or the system where there are any, or those of the embedded one. */
export type Binaries = 'system' | 'embedded'

/** Starts one that is gone when this process ends. */
export async function startExternal(binaries: Binaries = 'system'): Promise<External> {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-external-'))
  chmodSync(directory, 0o711)
  cleanUpAfterUs(directory)
  const port = freePort()
  await startServer(directory, port, binaries)
  const superuser = (database: string) =>
    postgres({ host: '127.0.0.1', port, database, username: 'admin', password, max: 2 })
  const admin = superuser('postgres')
  const url = (login: string, database: string) =>
    `postgres://${encodeURIComponent(login)}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  return { version: await versionOf(admin), port, admin, superuser, url }
}

async function startServer(directory: string, port: number, binaries: Binaries) {
  const layout = layOut(directory)
  const system = binaries === 'system' ? systemRuntime() : undefined
  const runtime = system ?? (await installRuntime(directory))
  const program = programOf(layout, runtime)
  const passwordFile = join(directory, 'password')
  writeFileSync(passwordFile, password)
  const made = Bun.spawnSync(
    [
      ...[program.path('initdb'), '-D', layout.data, '-U', 'admin', '-E', 'UTF8', '--locale=C'],
      ...['--no-sync', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ],
    { ...program.options, stderr: 'pipe' },
  )
  if (made.exitCode !== 0) throw new Error(made.stderr.toString())
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${layout.home}`]
  settings.push('fsync=off', 'full_page_writes=off')
  // By a shell that ends: Bun kills the children of a test that takes too long.
  Bun.spawnSync(
    [
      ...['/bin/sh', '-c', '"$@" &', 'sh'],
      ...[program.path('postgres'), '-D', layout.data, '-p', String(port)],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...program.options, stdout: 'ignore', stderr: 'ignore' },
  )
}

function systemRuntime(): Runtime | undefined {
  const known = '/usr/lib/postgresql'
  const found = existsSync(known) ? new Bun.Glob('*/bin/postgres').scanSync({ cwd: known }) : []
  const newest = [...found].sort().at(-1)
  const bin = process.env.PG_BIN ?? (newest && join(known, newest, '..'))
  return bin ? { bin, lib: '', major: 0 } : undefined
}

async function versionOf(admin: postgres.Sql): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      const [row] = await admin`show server_version`
      return row?.server_version
    } catch (error) {
      if (tries > 200) throw error
      await Bun.sleep(50)
    }
  }
}

/** A port that is free, from below those which systems give to whoever asks for any. */
export function freePort(): number {
  const port = 10_000 + Math.floor(Math.random() * 20_000)
  try {
    Bun.listen({ hostname: '127.0.0.1', port, socket: { data() {} } }).stop(true)
    return port
  } catch {
    return freePort()
  }
}
