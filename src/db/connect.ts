import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type Database, handle } from './database.ts'
import * as schema from './schema.ts'
import { StartError } from './start-error.ts'

/** Where and as whom to connect, without what each kind of connection sets for itself. */
export type Login = postgres.Options<Record<string, never>>

const connectWithinSeconds = 10

/** A few connections outside of the pool, as the login that owns the tables. */
export function connect(login: Login, options: Login = {}): postgres.Sql {
  return postgres({
    max: 1,
    connect_timeout: connectWithinSeconds,
    fetch_types: false,
    onnotice: () => {},
    ...login,
    ...options,
    connection: { application_name: 'mcp-obs', ...login.connection },
  })
}

/** The pool that queries run on, once it is sure that its connections are held by the walls. */
export async function openPool(login: Login, appRole: string, max: number): Promise<Database> {
  const pool = connect(login, { max, fetch_types: true })
  const close = () => pool.end({ timeout: 2 })
  try {
    await assertRestricted(pool, appRole, max)
  } catch (error) {
    await close()
    throw error
  }
  return { [handle]: drizzle(pool, { schema }), appRole, close }
}

const poolerWithinMs = 3_000

/** Looks at all connections of the pool at once, so that a pooler shows as many as it has. */
async function assertRestricted(pool: postgres.Sql, appRole: string, max: number): Promise<void> {
  for (const until = Date.now() + poolerWithinMs; ; await Bun.sleep(250)) {
    const seen = await Promise.all(Array.from({ length: max }, () => look(pool)))
    const restricted = seen.filter(({ role }) => role === appRole)
    if (restricted.some(({ walled }) => !walled))
      throw new StartError(
        `The role ${appRole} is let past row-level security: take the tables, and membership in the role that owns them, away from it.`,
      )
    if (restricted.length === max) return
    if (Date.now() > until)
      throw new StartError(
        `Some connections to the database do not start as the role ${appRole}: let the pooler in front of it open new ones (RECONNECT in pgbouncer's console), then start again.`,
      )
  }
}

/** As whom a connection runs queries, and whether every tenant table hides its rows from it. */
async function look(pool: postgres.Sql): Promise<{ role: string; walled: boolean }> {
  return await pool.begin(async (tx) => {
    const [row] = await tx`
      select current_user as role, coalesce(bool_and(row_security_active(oid)), false) as walled
      from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`
    return { role: row?.role, walled: row?.walled }
  })
}
