import type { Config } from '../config.ts'
import { connect, type Login, openPool } from './connect.ts'
import type { Database } from './database.ts'
import { joinEmbedded } from './embedded/join.ts'
import type { Client } from './embedded/lease.ts'
import { explained, readUrl } from './external.ts'
import { prepare } from './prepare.ts'
import { appRoleOf } from './role.ts'
import type { StartError } from './start-error.ts'

export type Settings = Pick<Config, 'databaseUrl' | 'dataDir' | 'appRole'>

/** Where the database is, before it is migrated and walled. */
export type Source = {
  /** Migrates; returns how many migrations were applied. */
  prepare(): Promise<number>
  openPool(max: number): Promise<Database>
  leave(): Promise<void>
}

export function openSource(
  settings: Settings,
  client: Client,
  onLost?: (error: StartError) => void,
): Promise<Source> {
  const { databaseUrl, dataDir, appRole } = settings
  return databaseUrl === undefined
    ? embeddedSource(dataDir, appRole, client, onLost)
    : externalSource(databaseUrl, appRole)
}

async function externalSource(databaseUrl: string, role: string | undefined): Promise<Source> {
  const { login, database } = readUrl(databaseUrl)
  const appRole = role ?? appRoleOf(database)
  return {
    prepare: () => explained(login, () => prepareAs(login, { appRole, sharesLogin: true })),
    openPool: (max) => explained(login, () => openPool(login, appRole, max)),
    leave: async () => {},
  }
}

const embeddedDatabase = 'mcp_obs'

async function embeddedSource(
  dataDir: string,
  role: string | undefined,
  client: Client,
  onLost?: (error: StartError) => void,
): Promise<Source> {
  const place = await joinEmbedded(dataDir, client, onLost)
  const appRole = role ?? appRoleOf(embeddedDatabase)
  return {
    async prepare() {
      await createDatabase(place.login('postgres'), embeddedDatabase)
      return prepareAs(place.login(embeddedDatabase), { appRole, sharesLogin: false })
    },
    openPool: (max) => openPool(place.login(embeddedDatabase, appRole), appRole, max),
    leave: place.leave,
  }
}

async function prepareAs(login: Login, to: Parameters<typeof prepare>[1]): Promise<number> {
  const sql = connect(login)
  try {
    return await prepare(sql, to)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const alreadyThere = ['42P04', '23505']

async function createDatabase(login: Login, name: string): Promise<void> {
  const sql = connect(login)
  try {
    const [found] = await sql`select from pg_database where datname = ${name}`
    if (!found) await sql.unsafe(`create database ${name}`)
  } catch (error) {
    if (!alreadyThere.includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await sql.end({ timeout: 5 })
  }
}
