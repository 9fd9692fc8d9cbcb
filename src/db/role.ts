import { createHash } from 'node:crypto'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { TransactionSql } from 'postgres'
import { quoteName, quoteText } from './quote.ts'
import * as schema from './schema.ts'
import { StartError } from './start-error.ts'

const nameBytesMax = 63

/** Roles belong to the whole cluster, so each database's has a name of its own. */
export function appRoleOf(database: string): string {
  const name = `mcp_obs_app_${database}`
  if (Buffer.byteLength(name) <= nameBytesMax) return name
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 12)
  let head = name
  while (Buffer.byteLength(head) > nameBytesMax - hash.length - 1)
    head = [...head].slice(0, -1).join('')
  return `${head}_${hash}`
}

/** Makes the app's role where it is missing, and gives the login the right to become it. */
export async function makeAppRole(
  tx: TransactionSql,
  appRole: string,
  version: number,
): Promise<void> {
  const is16 = version >= 160_000
  const [login] = await tx`
    select rolname as name, rolsuper or rolcreaterole as may_create from pg_roles
    where rolname = session_user`
  const [role] = await tx`
    select rolsuper or rolbypassrls as unrestricted,
           pg_has_role(session_user, oid, ${is16 ? 'SET' : 'MEMBER'}) as settable,
           pg_has_role(session_user, oid, ${is16 ? 'MEMBER WITH ADMIN OPTION' : 'MEMBER'})
             as grantable
    from pg_roles where rolname = ${appRole}`
  if (appRole === login?.name)
    throw new StartError(
      `MCP_OBS_APP_ROLE names the login itself, ${appRole}: name another role, which owns nothing.`,
    )
  if (role?.unrestricted)
    throw new StartError(
      `The role ${appRole} is a superuser or bypasses row-level security: run ALTER ROLE ${quoteName(appRole)} NOSUPERUSER NOBYPASSRLS.`,
    )
  if (role?.settable) return

  const create = `CREATE ROLE ${quoteName(appRole)} LOGIN`
  const grant = `GRANT ${quoteName(appRole)} TO ${quoteName(login?.name)}${is16 ? ' WITH SET TRUE, INHERIT FALSE' : ''}`
  const statements = role ? [grant] : [create, grant]
  if (!login?.may_create || (role && is16 && !role.grantable))
    throw new StartError(
      [
        `The login ${login?.name} may not ${role ? 'become' : 'make'} the role that queries run as: let an administrator run this once, then start again.`,
        ...statements.map((statement) => `  ${statement};`),
      ].join('\n'),
    )
  for (const statement of statements) await tx.unsafe(statement)
}

/** Tables the app may only add to. */
const appendOnly = [schema.ticketEvent, schema.causeEvent, schema.causeAnswer]

/** What the app's role runs: to search, and to index the words of what it writes. */
const functions = ['search_tickets', 'ticket_terms', 'search_block', 'search_words', 'search_lower']

/** Lets the app's role use the tables and what searches them, and nothing else. */
export async function grantTables(tx: TransactionSql, appRole: string): Promise<void> {
  const role = quoteName(appRole)
  const tables = Object.values(schema as Record<string, unknown>).filter((part) =>
    is(part, PgTable),
  )
  const named = (list: PgTable[]) =>
    list.map((table) => `public.${quoteName(getTableName(table))}`).join(', ')
  await tx.unsafe(`grant usage on schema public to ${role}`)
  await tx.unsafe(`grant select, insert, update, delete on ${named(tables)} to ${role}`)
  await tx.unsafe(`revoke update, delete on ${named(appendOnly)} from ${role}`)
  const run = functions.map((name) => `public.${name}`).join(', ')
  await tx.unsafe(`grant execute on function ${run} to ${role}`)
}

/**
 * From here on the login's connections to this database start as the app's role. The present one
 * takes it too: a pooler may hand it to someone else.
 */
export async function restrictLogin(tx: TransactionSql, appRole: string): Promise<void> {
  const [now] = await tx`select session_user as login, current_database() as database`
  await tx.unsafe(
    `alter role ${quoteName(now?.login)} in database ${quoteName(now?.database)} set role = ${quoteText(appRole)}`,
  )
  await tx.unsafe(`set role ${quoteName(appRole)}`)
}
