import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type postgres from 'postgres'
import { connect, type Login } from '../connect.ts'
import { StartError } from '../start-error.ts'
import { initialize, owner } from './initialize.ts'
import { type Layout, readServer, socketDirectory, socketIn, unusable } from './layout.ts'
import { assertRuns } from './program.ts'
import { installRuntime } from './runtime.ts'
import { lastWords, type Settings, spawnServer } from './spawn.ts'
import { withStartLock } from './start-lock.ts'

/** A session of the owner, and the promise that it has ended. */
export type Session = { socketDir: string; sql: postgres.Sql; closed: Promise<void> }

export const loginAt = (socketDir: string, database: string, username = owner): Login => ({
  path: socketIn(socketDir),
  username,
  password: '',
  database,
  ssl: false,
})

const startWithinMs = 60_000

/**
 * Connects to the server of a data directory, and starts it where it doesn't run. `before` is the
 * socket's directory that a pool already knows.
 */
export async function reachServer(
  layout: Layout,
  overrides: Settings,
  before?: string,
): Promise<Session> {
  for (const until = Date.now() + startWithinMs; Date.now() < until; await Bun.sleep(25)) {
    const session = await tryConnect(layout)
    if (session && session !== 'busy') return session
    if (session === undefined) await startOnce(layout, overrides, before)
  }
  throw notStarted(layout)
}

/** `busy`: it runs, but is starting up or shutting down. */
async function tryConnect(layout: Layout): Promise<Session | 'busy' | undefined> {
  const socketDir = readServer(layout)?.socketDir
  if (!socketDir || !existsSync(socketIn(socketDir))) return undefined
  const closed = Promise.withResolvers<void>()
  const sql = connect(loginAt(socketDir, 'postgres'), {
    idle_timeout: 0,
    max_lifetime: null,
    onclose: () => closed.resolve(),
  })
  try {
    await sql`select 1`
    return { socketDir, sql, closed: closed.promise }
  } catch (error) {
    await sql.end({ timeout: 0 })
    return (error as { code?: string }).code === '57P03' ? 'busy' : undefined
  }
}

async function startOnce(layout: Layout, overrides: Settings, before?: string): Promise<void> {
  try {
    await withStartLock(join(layout.root, 'starting'), () => startServer(layout, overrides, before))
  } catch (error) {
    throw unusable(layout.root, error, layout.account)
  }
}

/** An old server's lock may take a moment to clear: then the new one ends at once, and is tried again. */
const retryWithinMs = 10_000

async function startServer(layout: Layout, overrides: Settings, before?: string): Promise<void> {
  if (await runs(layout)) return
  const runtime = await installRuntime(layout.root)
  await assertRuns(layout, runtime)
  await initialize(layout, runtime, overrides.fsync !== 'off')
  const socketDir = socketDirectory(layout, before)
  for (const until = Date.now() + retryWithinMs; Date.now() < until; await Bun.sleep(100)) {
    const child = spawnServer(layout, runtime, socketDir, overrides)
    for (; child.exitCode === null && !child.killed; await Bun.sleep(10))
      if (await runs(layout)) return
    if (await runs(layout)) return
  }
  throw notStarted(layout)
}

async function runs(layout: Layout): Promise<boolean> {
  const session = await tryConnect(layout)
  if (session && session !== 'busy') await session.sql.end()
  return session !== undefined && session !== 'busy'
}

function notStarted(layout: Layout): StartError {
  return new StartError(
    `The embedded PostgreSQL did not start: ${lastWords(layout)} The log is ${layout.log}.`,
  )
}
