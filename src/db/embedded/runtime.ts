import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeWhole } from './draft.ts'
import { findPlatform } from './platform.ts'

/** A PostgreSQL ready to run. */
export type Runtime = { bin: string; lib: string; major: number }

/** Copies PostgreSQL into the data directory, once a version. */
export async function installRuntime(dataDir: string): Promise<Runtime> {
  const { version, major, native } = findPlatform()
  const root = join(dataDir, `postgres-${version}`)
  await makeWhole(root, 'bin', (draft) => {
    for (const part of ['bin', 'lib', 'share'])
      cpSync(join(native, part), join(draft, part), { recursive: true, dereference: true })
    for (const { source, target } of readLinks(native))
      if (!existsSync(join(draft, target))) symlinkSync(basename(source), join(draft, target))
    makeReadable(draft)
  })
  return { bin: join(root, 'bin'), lib: join(root, 'lib'), major }
}

/** A package can't hold links, so this one lists them, both ends in one directory of `native/`. */
function readLinks(native: string): { source: string; target: string }[] {
  const file = join(native, 'pg-symlinks.json')
  if (!existsSync(file)) return []
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  return links
    .filter(({ source, target }) => dirname(source) === dirname(target))
    .map(({ source, target }) => ({ source, target: target.replace(/^native\//, '') }))
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
