import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { type Account, findAccount } from './account.ts'

/** What lies where in the data directory. */
export type Layout = {
  /** The data directory itself: the server's account passes through it. */
  root: string
  /** Belongs to the server's account and is closed to everyone else. */
  home: string
  data: string
  log: string
  account: Account
}

/** Makes the directories that are missing, and changes none that exists. */
export function layOut(root: string): Layout {
  const home = join(root, 'postgres')
  try {
    if (mkdirSync(root, { recursive: true })) chmodSync(root, 0o711)
    const account = findAccount(home)
    mkdirSync(home, { recursive: true, mode: 0o700 })
    if (statSync(home).uid !== account.uid) chownSync(home, account.uid, account.gid)
    return { root, home, data: join(home, 'data'), log: join(home, 'log'), account }
  } catch (error) {
    throw unusable(root, error)
  }
}

/** The one sentence for a data directory that can't be made, entered or written. */
export function unusable(root: string, error: unknown, account?: Account): unknown {
  const denied = account ? `permission denied to the account ${account.name}` : 'permission denied'
  const reasons: Record<string, string> = {
    EACCES: denied,
    EPERM: denied,
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a part of it is not a directory',
    EEXIST: 'it is not a directory',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
  }
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? '']
  if (!reason) return error
  return new StartError(
    `The data directory ${root} can't be used (${reason}): make it usable, or set MCP_OBS_DATA_DIR to another one.`,
  )
}

/** The server that runs in a data directory, or ran there when it was killed. */
export function readServer(layout: Layout): { pid: number; socketDir: string } | undefined {
  try {
    const lines = readFileSync(join(layout.data, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, socketDir] = [Number(lines[0]), lines[4]]
    return pid && socketDir ? { pid, socketDir } : undefined
  } catch {
    return undefined
  }
}

/** `sun_path` of macOS, the smallest, without its final zero. */
const socketPathBytesMax = 103

export const socketIn = (directory: string) => join(directory, '.s.PGSQL.5432')

/** A private directory whose path is short enough for a socket; the one in use before, if it still is. */
export function socketDirectory(layout: Layout, before = readServer(layout)?.socketDir): string {
  if (Buffer.byteLength(socketIn(layout.home)) <= socketPathBytesMax) return layout.home
  if (before && isPrivate(before, layout.account)) return before
  try {
    const directory = mkdtempSync('/tmp/mcp-obs-')
    chownSync(directory, layout.account.uid, layout.account.gid)
    return directory
  } catch {
    throw new StartError(
      `The path of ${layout.root} is too long for a socket, and /tmp can't be written: set MCP_OBS_DATA_DIR to a shorter one.`,
    )
  }
}

function isPrivate(directory: string, account: Account): boolean {
  const found = statSync(directory, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === account.uid && (found.mode & 0o077) === 0
}
