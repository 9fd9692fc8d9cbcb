import { readFileSync } from 'node:fs'
import type { Login } from './connect.ts'
import { StartError } from './start-error.ts'

/** Parameters that are read here, or that other clients' URLs carry. The server would refuse them. */
const ownParameters = [
  ...['host', 'port', 'user', 'sslmode', 'sslrootcert'],
  ...['channel_binding', 'gssencmode', 'pgbouncer', 'schema'],
]

/** Reads DATABASE_URL, also in the form `postgres:///database?host=/socket/directory`. */
export function readUrl(databaseUrl: string): { login: Login; database: string } {
  try {
    return parseUrl(new URL(databaseUrl))
  } catch (error) {
    throw new StartError(`DATABASE_URL can't be read: ${(error as Error).message}.`)
  }
}

function parseUrl(url: URL): { login: Login; database: string } {
  const given = (name: string) => url.searchParams.get(name)
  const username = given('user') ?? decodeURIComponent(url.username)
  const database = decodeURIComponent(url.pathname.slice(1)) || username
  const rest = [...url.searchParams].filter(([name]) => !ownParameters.includes(name))
  const login: Login = {
    host: given('host') ?? (decodeURIComponent(url.hostname) || 'localhost'),
    port: Number(given('port') ?? (url.port || 5432)),
    username,
    password: decodeURIComponent(url.password),
    database,
    ssl: readSsl(given('sslmode'), given('sslrootcert')),
    // A pooler in between may answer each statement on another connection.
    prepare: false,
    connection: Object.fromEntries(rest),
  }
  return { login, database }
}

function readSsl(mode: string | null, rootCertificate: string | null): NonNullable<Login['ssl']> {
  if (mode === 'disable') return false
  if (rootCertificate && rootCertificate !== 'system')
    return { ca: readFileSync(rootCertificate, 'utf8'), rejectUnauthorized: true }
  if (rootCertificate || mode?.startsWith('verify')) return 'verify-full'
  return mode === 'prefer' || mode === 'allow' || mode === 'require' ? mode : false
}

/** Runs `work`, and turns what a server or the way to it refuses into one sentence. */
export async function explained<T>(login: Login, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StartError ? error : explain(login, error as Failure)
  }
}

type Failure = Error & { code?: string }

function explain(login: Login, error: Failure): Error {
  const sentence = sentenceOf(login, error.code ?? '', error.message)
  return sentence ? new StartError(sentence) : error
}

const away =
  /^(E(CONNREFUSED|CONNRESET|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|TIMEDOUT|NOENT|ACCES|PIPE)|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|DNS_\w+|\w*(SSL|TLS|CERT)\w*|57P0[123]|53300)$/

/** By SQLSTATE, or by the code of what failed on the way. */
function sentenceOf(login: Login, code: string, said: string): string | undefined {
  const { username, database } = login
  const at = `${login.host}:${login.port}`
  if (code === '28P01' || code === '28000')
    return `The database at ${at} refuses the login ${username} (${said}): correct the user and password in DATABASE_URL.`
  if (code === '3D000')
    return `There is no database ${database} at ${at}: create it, or correct DATABASE_URL.`
  if (code === '42501')
    return `The login ${username} may not set up the database ${database} (${said}): make it the owner of the database and of its tables.`
  if (code === '42P07' || code === '42710')
    return `The database ${database} holds something else already (${said}): give mcp-obs a database of its own.`
  if (code === '25006')
    return `The database ${database} at ${at} is read-only: set DATABASE_URL to the primary server.`
  if (away.test(code))
    return `The database at ${at} can't be reached (${code}): start it, or correct DATABASE_URL.`
  return undefined
}
