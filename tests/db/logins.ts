import { expect } from 'bun:test'
import { handle } from '#src/db/database.ts'
import { openDatabase } from '#src/db/open.ts'
import { quoteName } from '#src/db/quote.ts'
import { StartError } from '#src/db/start-error.ts'
import type { External } from './external.ts'

let made = 0

/** A login, and a database that it owns. */
export async function newLogin(
  { admin }: External,
  attributes = '',
  name?: string,
): Promise<[login: string, database: string]> {
  made++
  const [login, database] = [`login${made}`, name ?? `desk${made}`]
  await admin.unsafe(`create role ${login} login password 'secret' ${attributes}`)
  await admin.unsafe(`create database ${quoteName(database)} owner ${login}`)
  return [login, database]
}

export const settings = (databaseUrl: string, appRole?: string) => ({
  databaseUrl,
  appRole,
  dataDir: '/nowhere',
})

/** Opens it, and says which role its queries run as. */
export async function roleIn(databaseUrl: string, appRole?: string): Promise<unknown> {
  const database = await openDatabase(settings(databaseUrl, appRole), 'command')
  const [row] = await database[handle]
    .execute('select current_user as role')
    .finally(() => database.close())
  return row?.role
}

/** The sentence that `work` ends with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (error) => error,
  )
  expect(error).toBeInstanceOf(StartError)
  return (error as StartError).message
}
