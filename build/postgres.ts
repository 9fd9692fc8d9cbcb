import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Glob } from 'bun'
import { findPlatform } from '#src/db/embedded/platform.ts'

/** Of 17 MB at 19 in half a minute, and 19 MB at 9 in a second. */
const level = 9

/** Packs the PostgreSQL of this platform as `platform.ts` unpacks it. */
export async function packPostgres(archive: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-build-'))
  try {
    await findPlatform().unpack(directory)
    const names = [...new Glob('**/*').scanSync({ cwd: directory })].sort()
    const files = await Promise.all(
      names.map(async (name) => [name, await Bun.file(join(directory, name)).bytes()]),
    )
    const tar = await new Bun.Archive(Object.fromEntries(files)).bytes()
    await Bun.write(archive, Bun.zstdCompressSync(tar, { level }))
  } finally {
    rmSync(directory, { recursive: true })
  }
}
