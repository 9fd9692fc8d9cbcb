import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { isRoot } from './account.ts'
import type { Layout } from './layout.ts'
import type { Runtime } from './runtime.ts'

/** How to run one of PostgreSQL's programs: as the server's account, in a session of its own. */
export function programOf({ account }: Layout, runtime: Runtime) {
  return {
    path: (name: 'initdb' | 'postgres') => join(runtime.bin, name),
    options: {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: runtime.lib },
      stdin: 'ignore',
      detached: true,
      ...(isRoot ? { uid: account.uid, gid: account.gid } : {}),
    },
  } as const
}

/** The system may lack what the program is linked to, or the account may not reach it. */
export async function assertRuns(layout: Layout, runtime: Runtime): Promise<void> {
  const program = programOf(layout, runtime)
  const child = spawnOrExplain(() =>
    Bun.spawn([program.path('postgres'), '--version'], {
      ...program.options,
      stdout: 'ignore',
      stderr: 'pipe',
    }),
  )
  const said = await new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw notRunnable(said.trim())
}

function spawnOrExplain<T>(spawn: () => T): T {
  try {
    return spawn()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw notRunnable('its C library is missing')
  }
}

const notRunnable = (reason: string) =>
  new StartError(
    `The embedded PostgreSQL can't run on this system (${reason}): set DATABASE_URL to a PostgreSQL 15 or newer.`,
  )
