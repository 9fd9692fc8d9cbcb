import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

const heldAtMostMs = 60_000

/**
 * Runs `work` while no other process starts the server, or does nothing if one does. It only saves
 * work: every step of a start is atomic, so that two that pass at once do no harm.
 */
export async function withStartLock(file: string, work: () => Promise<void>): Promise<void> {
  if (!take(file)) return
  try {
    await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (isStale(file)) rmSync(file, { force: true })
    return false
  }
}

function isStale(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const age = Date.now() - statSync(file).mtimeMs
    if (age > heldAtMostMs) return true
    // A file without a number is being written.
    return pid === process.pid || (pid > 0 && !isAlive(pid))
  } catch {
    return false
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
