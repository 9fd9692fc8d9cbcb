import { chownSync, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import type { Layout } from './layout.ts'
import { programOf } from './program.ts'
import type { Runtime } from './runtime.ts'

/** The superuser: owns the tables. */
export const owner = 'mcp_obs'

/** Makes an empty database cluster where there is none, whole or not at all. */
export async function initialize(layout: Layout, runtime: Runtime, sync = true): Promise<void> {
  const version = join(layout.data, 'PG_VERSION')
  if (existsSync(version)) return refuseOther(layout, readFileSync(version, 'utf8').trim(), runtime)
  const draft = mkdtempSync(`${layout.data}.`)
  chownSync(draft, layout.account.uid, layout.account.gid)
  try {
    await initdb(layout, runtime, draft, sync)
    await rename(draft, layout.data)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(version)) throw error
  }
}

async function initdb(layout: Layout, runtime: Runtime, draft: string, sync: boolean) {
  const program = programOf(layout, runtime)
  const options = ['--username', owner, '--auth=trust', '--encoding=UTF8', '--locale=C']
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

function refuseOther(layout: Layout, version: string, runtime: Runtime): void {
  if (Number(version) === runtime.major) return
  throw new StartError(
    `The database in ${layout.data} was made by PostgreSQL ${version} and this mcp-obs brings ${runtime.major}: dump it with the mcp-obs that made it, and restore the dump into a new data directory.`,
  )
}
