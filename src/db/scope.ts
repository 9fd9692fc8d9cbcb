import { sql } from 'drizzle-orm'
import { type Database, type Handle, handle } from './database.ts'
import { quoteName } from './quote.ts'

declare const branded: unique symbol

/** Leave to work inside one organization. Only `scopeTo` makes one, once a request. */
export type Scope = { readonly organizationId: string; readonly [branded]: true }

/** A transaction inside one organization. */
export type Tx = Parameters<Parameters<Handle['transaction']>[0]>[0]

const databases = new WeakMap<Scope, Database>()
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Opens an organization to the caller. The caller has proven the right to it: by a membership, by
 * a server's key, or by being the operator at the command line.
 */
export function scopeTo(database: Database, organizationId: string): Scope {
  if (!uuid.test(organizationId)) throw new TypeError('an organization id is a lower-case uuid')
  const scope = Object.freeze({ organizationId }) as Scope
  databases.set(scope, database)
  return scope
}

/**
 * Runs `work` in one transaction that sees the scope's organization only. Tenant tables can be
 * reached in no other way: row-level security answers a query outside of it with no rows.
 */
export function inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const database = databases.get(scope)
  if (!database) throw new TypeError('a scope is made by scopeTo')
  return database[handle].transaction(async (tx) => {
    // Sent ahead, not waited for: the connection keeps the order, and if one fails the rest of the
    // transaction fails with it. Drizzle sends a query when somebody asks for its result. The role
    // is the connection's own already, unless a pooler kept one from before there was a role.
    const ahead = [
      `set local role ${quoteName(database.appRole)}`,
      `set local app.organization = '${scope.organizationId}'`,
    ].map((statement) => tx.execute(sql.raw(statement)).then(() => {}))
    const [result] = await Promise.all([work(tx), ...ahead])
    return result
  })
}

/** Why a query may run outside of an organization. `structure.test.ts` lists who says which. */
export type UnscopedReason =
  | 'sign-in'
  | 'session'
  | 'set-up'
  | 'invitation'
  | 'password'
  | 'profile'
  | 'attempt'
  | 'membership'
  | 'server address'
  | 'operator'
  | 'sweep'
  | 'health'

/** Runs `work` on the global tables, where no organization is known yet. */
export function unscoped<T>(
  database: Database,
  _reason: UnscopedReason,
  work: (db: Handle) => Promise<T>,
): Promise<T> {
  return work(database[handle])
}
