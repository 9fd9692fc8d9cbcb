import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Makes a directory whole or not at all: `fill` works on a draft beside it, which then takes the
 * name. Of two at once the first wins. `mark` is what a directory that is there contains.
 */
export async function makeWhole(
  directory: string,
  mark: string,
  fill: (draft: string) => Promise<void> | void,
): Promise<void> {
  const isThere = () => existsSync(join(directory, mark))
  if (isThere()) return
  sweep(directory)
  const draft = mkdtempSync(`${directory}.`)
  try {
    await fill(draft)
    await rename(draft, directory)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!isThere()) throw error
  }
}

const abandonedAfterMs = 10 * 60_000

/** Drafts of processes that were killed. */
function sweep(directory: string): void {
  const parent = dirname(directory)
  for (const name of readdirSync(parent)) {
    const path = join(parent, name)
    if (name.startsWith(`${basename(directory)}.`) && isAbandoned(path))
      rmSync(path, { recursive: true, force: true })
  }
}

function isAbandoned(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs
}
