import { readFileSync, statSync } from 'node:fs'
import { StartError } from '../start-error.ts'

/** Who runs the server, as PostgreSQL refuses to be root. */
export type Account = { uid: number; gid: number; name: string }

export const isRoot = process.getuid?.() === 0

/** Accounts that root hands a new database to, the first that exists. */
const preferred = ['mcp-obs', 'nobody']

/** Root hands a database to the account that owns it; an ordinary user runs it as itself. */
export function findAccount(home: string): Account {
  const owner = statSync(home, { throwIfNoEntry: false })
  return isRoot ? serverOfRoot(owner) : ourselves(home, owner)
}

type Owner = { uid: number; gid: number } | undefined

function serverOfRoot(owner: Owner): Account {
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) }
  const known = readAccounts()
  for (const name of preferred) {
    const account = known.find((one) => one.name === name)
    if (account) return account
  }
  throw new StartError(
    'PostgreSQL refuses to run as root, and there is no account to run it as: make one with useradd --system mcp-obs.',
  )
}

function ourselves(home: string, owner: Owner): Account {
  const [uid, gid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1]
  if (owner && owner.uid !== uid)
    throw new StartError(
      `The database in ${home} belongs to ${nameOf(owner.uid)}: start as that account, or set MCP_OBS_DATA_DIR to a directory of your own.`,
    )
  return { uid, gid, name: nameOf(uid) }
}

function readAccounts(): Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  })
}

const nameOf = (uid: number) =>
  readAccounts().find((account) => account.uid === uid)?.name ?? `user ${uid}`
