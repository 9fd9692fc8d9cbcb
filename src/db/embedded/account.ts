import { readFileSync, statSync } from 'node:fs'
import { StartError } from '../start-error.ts'

/** Who runs the server. For spawn: PostgreSQL refuses to be root. */
export type Account = { uid: number; gid: number; name: string }

const preferred = ['mcp-obs', 'nobody']

/**
 * An ordinary user runs the server as itself. Root hands it to the account that owns the database,
 * or to the first of the preferred ones for a new database.
 */
export function findAccount(directory: string): Account {
  const uid = process.getuid?.() ?? -1
  const owner = statSync(directory, { throwIfNoEntry: false })
  if (uid !== 0) {
    if (owner && owner.uid !== uid)
      throw new StartError(
        `The database in ${directory} belongs to ${nameOf(owner.uid)}: start as that account, or set MCP_OBS_DATA_DIR to a directory of your own.`,
      )
    return { uid, gid: process.getgid?.() ?? -1, name: nameOf(uid) }
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) }
  const account = preferred.map((name) => accounts().find((known) => known.name === name))
  const found = account.find(Boolean)
  if (!found)
    throw new StartError(
      'PostgreSQL refuses to run as root, and there is no account to run it as: make one with useradd --system mcp-obs.',
    )
  return found
}

function accounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
}

const nameOf = (uid: number) =>
  accounts().find((account) => account.uid === uid)?.name ?? `user ${uid}`
