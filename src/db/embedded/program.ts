import { join } from 'node:path'
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
      ...(process.getuid?.() === 0 ? { uid: account.uid, gid: account.gid } : {}),
    },
  } as const
}
