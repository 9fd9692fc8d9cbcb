import { join } from 'node:path'

/** The compiled binary carries its files inside of itself. */
const root = Bun.isStandaloneExecutable ? import.meta.dir : join(import.meta.dir, '../..')

/**
 * A file or folder that comes with the program, by its name at the top of the repository. What the
 * binary has of them, `build/binary.ts` says.
 */
export const shipped = (name: string): string => join(root, name)
