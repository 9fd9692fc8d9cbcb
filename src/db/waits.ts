import { sql } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import { quoteName } from './quote.ts'
import type { Tx } from './scope.ts'

/**
 * How long a connection waits for the database before the request it serves is given up: one row
 * that somebody holds must not take the whole pool with it.
 */
const waits = {
  lock_timeout: '3s',
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
}

/** From here on, connections of the login to this database start with these waits. */
export async function limitWaits(tx: TransactionSql, login: string): Promise<void> {
  const [now] = await tx`select current_database() as database`
  for (const [name, wait] of Object.entries(waits))
    await tx.unsafe(
      `alter role ${quoteName(login)} in database ${quoteName(now?.database)} set ${name} = '${wait}'`,
    )
}

/** Migrating takes as long as it takes. */
export async function waitForEver(tx: TransactionSql): Promise<void> {
  for (const name of Object.keys(waits)) await tx.unsafe(`set local ${name} = 0`)
}

/** Lets the statements of a transaction take as long as they take. */
export const takeTime = (tx: Tx) => tx.execute(sql.raw('set local statement_timeout = 0'))
