import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { findPlatform, type Platform } from './platform.ts'

/** A PostgreSQL ready to run. */
export type Runtime = { bin: string; lib: string; major: number }

/** Copies PostgreSQL into the data directory, once a version. */
export async function installRuntime(dataDir: string): Promise<Runtime> {
  const platform = findPlatform()
  const root = join(dataDir, `postgres-${platform.version}`)
  if (!existsSync(root)) await install(platform, root)
  return { bin: join(root, 'bin'), lib: join(root, 'lib'), major: platform.major }
}

async function install(platform: Platform, root: string): Promise<void> {
  const draft = await mkdtemp(`${root}.`)
  try {
    for (const part of ['bin', 'lib', 'share'])
      cpSync(join(platform.native, part), join(draft, part), { recursive: true, dereference: true })
    for (const { source, target } of readLinks(platform.native))
      symlinkSync(basename(source), join(draft, target))
    makeReadable(draft)
    await rename(draft, root)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(root)) throw error
  }
}

/** The package can't hold links, so it lists them; both ends lie in one directory. */
function readLinks(native: string): { source: string; target: string }[] {
  const file = join(native, 'pg-symlinks.json')
  if (!existsSync(file)) return []
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  return links
    .map(({ source, target }) => ({ source, target: target.replace(/^native\//, '') }))
    .filter(({ source, target }) => dirname(source) === join('native', dirname(target)))
    .filter(({ target }) => !existsSync(join(native, target)))
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
