import { chmodSync, mkdtempSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type postgres from 'postgres'
import { connect, openPool } from '#src/db/connect.ts'
import type { Database } from '#src/db/database.ts'
import { joinEmbedded, type Place } from '#src/db/embedded/join.ts'
import { prepare } from '#src/db/prepare.ts'
import { once } from './once.ts'

/** A migrated database of a test's own, opened as the desk opens it. */
export type TestDatabase = Database & {
  name: string
  /** Another pool on it, as another desk would have. */
  open(): Promise<Database>
  /** The superuser, past the walls: for what a test plants and what it looks up. */
  owner: postgres.Sql
  /** DATABASE_URL of the superuser, for a desk or a command in another process. */
  url: string
}

type Cluster = { place: Place; admin: postgres.Sql; made: number }

const template = 'template'
const appRole = 'mcp_obs_app_tests'

/** Clones the template. The cluster starts with the first call, and goes when the process ends. */
export async function freshDatabase(): Promise<TestDatabase> {
  const cluster = await theCluster()
  const name = `t${++cluster.made}`
  await cluster.admin.unsafe(`create database ${name} template ${template}`)
  const owner = connect(cluster.place.login(name), { max: 2 })
  const open = () => openPool(cluster.place.login(name, appRole), appRole, 6)
  const database = await open()
  return {
    ...database,
    name,
    open,
    owner,
    url: urlOf(cluster.place, name),
    async close() {
      await Promise.all([database.close(), owner.end({ timeout: 5 })])
    },
  }
}

/** An empty database, as `create database` leaves it: its DATABASE_URL. */
export async function emptyDatabase(): Promise<string> {
  const cluster = await theCluster()
  const name = `t${++cluster.made}`
  await cluster.admin.unsafe(`create database ${name}`)
  return urlOf(cluster.place, name)
}

function urlOf(place: Place, name: string): string {
  const { path, username } = place.login(name)
  const host = String(path).replace(/\/[^/]*$/, '')
  return `postgres:///${name}?${new URLSearchParams({ host, user: String(username) })}`
}

const theCluster = () => once('test cluster', startCluster)

const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

async function startCluster(): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-tests-'))
  chmodSync(directory, 0o711)
  cleanUpAfterUs(directory)
  // By a process of its own: Bun kills the children of a test that takes too long.
  const starter = Bun.spawn([process.execPath, import.meta.path, directory], { stderr: 'inherit' })
  await starter.exited
  const place = await joinEmbedded(directory, 'command', undefined, settings)
  const admin = connect(place.login('postgres'), { max: 4 })
  await admin.unsafe(`create database ${template}`)
  const owner = connect(place.login(template))
  await prepare(owner, { appRole, sharesLogin: false })
  await owner.end()
  return { place, admin, made: 0 }
}

/**
 * Stops the server of `dataDir` and deletes `directory` when this process has ended, however that
 * happens: by a shell, no child of this process, that reads from a pipe until no one can write to it.
 */
export function cleanUpAfterUs(directory: string, dataDir = directory): void {
  const script = `
    read -r _ < "$1/ours"
    file="$2/postgres/data/postmaster.pid"
    if [ -f "$file" ]; then
      read -r pid < "$file"
      kill -QUIT "$pid"
      for _ in $(seq 100); do kill -0 "$pid" && [ -f "$file" ] || break; sleep 0.05; done
    fi
    rm -rf "$1"`
  const pipe = join(directory, 'ours')
  Bun.spawnSync(['mkfifo', pipe])
  openSync(pipe, 'r+')
  Bun.spawnSync(['/bin/sh', '-c', `(${script}) &`, 'sh', directory, dataDir], {
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
  })
}

if (import.meta.main) {
  await joinEmbedded(String(process.argv[2]), 'command', undefined, settings)
  process.exit(0)
}
