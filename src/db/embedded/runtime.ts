import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeWhole } from './draft.ts'
import { findPlatform } from './platform.ts'

/** A PostgreSQL ready to run. */
export type Runtime = { bin: string; lib: string; major: number }

/** Puts PostgreSQL into the data directory, once a version. */
export async function installRuntime(dataDir: string): Promise<Runtime> {
  const { version, major, unpack } = findPlatform()
  const root = join(dataDir, `postgres-${version}`)
  await makeWhole(root, 'bin', async (draft) => {
    await unpack(draft)
    for (const { source, target } of readLinks(draft))
      if (existsSync(join(draft, source)) && !existsSync(join(draft, target)))
        symlinkSync(basename(source), join(draft, target))
    makeReadable(draft)
  })
  return { bin: join(root, 'bin'), lib: join(root, 'lib'), major }
}

/** A package can't hold links, so this one lists them, both ends in one directory. */
function readLinks(root: string): { source: string; target: string }[] {
  const file = join(root, 'pg-symlinks.json')
  if (!existsSync(file)) return []
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  const within = (path: string) => path.replace(/^native\//, '')
  return links
    .filter(({ source, target }) => dirname(source) === dirname(target))
    .map(({ source, target }) => ({ source: within(source), target: within(target) }))
}

/** Whatever the umask: the server may run under another account than the one that installs it. */
function makeReadable(directory: string): void {
  chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) makeReadable(path)
    else if (entry.isFile()) chmodSync(path, basename(directory) === 'bin' ? 0o755 : 0o644)
  }
}
