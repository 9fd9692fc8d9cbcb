import { chownSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { makeWhole } from './draft.ts'
import type { Layout } from './layout.ts'
import { programOf } from './program.ts'
import type { Runtime } from './runtime.ts'

/** The superuser: owns the tables. */
export const owner = 'mcp_obs'

/** Makes an empty database cluster where there is none. */
export async function initialize(layout: Layout, runtime: Runtime, sync = true): Promise<void> {
  await makeWhole(layout.data, mark, async (draft) => {
    chownSync(draft, layout.account.uid, layout.account.gid)
    await initdb(layout, runtime, draft, sync)
  })
  const version = readFileSync(join(layout.data, mark), 'utf8').trim()
  if (Number(version) !== runtime.major)
    throw new StartError(
      `The database in ${layout.data} was made by PostgreSQL ${version} and this mcp-obs brings ${runtime.major}: dump it with the mcp-obs that made it, and restore the dump into a new data directory.`,
    )
}

const mark = 'PG_VERSION'

async function initdb(layout: Layout, runtime: Runtime, draft: string, sync: boolean) {
  const program = programOf(layout, runtime)
  // Unicode's rules for upper and lower case, from inside PostgreSQL, whatever the machine has.
  const locale = [
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const options = ['--username', owner, '--auth=trust', ...locale]
  if (!sync) options.push('--no-sync')
  const child = Bun.spawn(
    [program.path('initdb'), '--pgdata', draft, '--data-checksums', ...options],
    { ...program.options, stdout: 'ignore', stderr: 'pipe' },
  )
  const said = await new Response(child.stderr).text()
  if ((await child.exited) === 0) return
  const reason = said.split('\n').find((line) => line.includes('error:')) ?? said.trim()
  throw new StartError(`The embedded database can't be made: ${reason}`)
}
