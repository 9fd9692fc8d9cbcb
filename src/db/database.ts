import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type * as schema from './schema.ts'

/** What runs queries. Outside `db/`, only `inScope` and `unscoped` give one away. */
export type Handle = PostgresJsDatabase<typeof schema>

export const handle = Symbol('handle')

/** An open database whose connections start as the app's restricted role. */
export type Database = {
  readonly [handle]: Handle
  /** The role that queries run as: it owns no table. */
  readonly appRole: string
  close(): Promise<void>
}
