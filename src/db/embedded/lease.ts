import { rmdir } from 'node:fs/promises'
import type postgres from 'postgres'
import { StartError } from '../start-error.ts'
import { type Layout, readServer } from './layout.ts'
import type { Session } from './server.ts'
import { isAlive } from './start-lock.ts'

/** What a process is to the embedded database. One desk at a time serves it; commands come and go. */
export type Client = 'desk' | 'command'

// Advisory locks: `joined` is shared by every client and taken whole by the one that stops the
// server; `serving` is held by the desk.
const space = 7_263_547
const joined = 1
const serving = 2

const lingerMs = 2_000

/** False: the last client is stopping the server just now. */
export async function takeLease({ sql }: Session, client: Client, root: string): Promise<boolean> {
  const [row] = await sql`select pg_try_advisory_lock_shared(${space}, ${joined}) as taken`
  if (!row?.taken) return false
  if (client === 'desk' && !(await takeServing(sql)))
    throw new StartError(
      `The embedded database in ${root} is already served by another desk: stop that one, or set DATABASE_URL for several desks on one PostgreSQL.`,
    )
  return true
}

/** A desk that was killed may hold its lock for a moment longer. */
async function takeServing(sql: postgres.Sql): Promise<boolean> {
  for (const until = Date.now() + lingerMs; ; await Bun.sleep(100)) {
    const [row] = await sql`select pg_try_advisory_lock(${space}, ${serving}) as taken`
    if (row?.taken) return true
    if (Date.now() > until) return false
  }
}

const stopWithinMs = 60_000

/** Gives the lease back. The last one out stops the server. */
export async function giveLease(layout: Layout, { sql }: Session): Promise<void> {
  await sql`select pg_advisory_unlock_all()`
  const [row] = await sql`select pg_try_advisory_lock(${space}, ${joined}) as taken`
  if (row?.taken) await stopServer(layout)
  await sql.end({ timeout: 1 })
}

async function stopServer(layout: Layout): Promise<void> {
  const server = readServer(layout)
  if (!server) return
  process.kill(server.pid, 'SIGINT')
  for (const until = Date.now() + stopWithinMs; Date.now() < until; await Bun.sleep(10))
    if (readServer(layout)?.pid !== server.pid || !isAlive(server.pid)) break
  if (server.socketDir !== layout.home) await rmdir(server.socketDir).catch(() => {})
}
