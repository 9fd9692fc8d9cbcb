import type { Notice } from 'postgres'
import { openPool } from '#src/db/connect.ts'
import { loginAt } from '#src/db/embedded/server.ts'
import type { Scope } from '#src/db/scope.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'
import type { TestDatabase } from '#tests/cluster.ts'

/** What a statement did: blocks it read of any kind, and how long it took. */
export type Statement = { text: string; buffers: number; ms: number }

/**
 * A pool as the desk's own, whose statements are explained while they run (`auto_explain`), so that
 * what is measured is the desk's, with its row-level security.
 */
export async function openExplained(database: TestDatabase) {
  const { owner, appRole, name } = database
  for (const [setting, value] of Object.entries({
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  }))
    await owner.unsafe(`alter role ${appRole} in database ${name} set ${setting} = '${value}'`)
  const heard: Statement[] = []
  const explained = await openPool(
    {
      ...loginAt(new URL(database.url).searchParams.get('host') ?? '', name, appRole),
      onnotice: (notice) => heard.push(...statementsIn(notice)),
    },
    appRole,
    2,
  )
  const found = await organizationBySlug(explained, 'northwind')
  if (!found) throw new Error('no organization')
  return { scope: found.scope, close: explained.close, statementsOf: listenTo(heard, found.scope) }
}

const listenTo =
  (heard: Statement[], scope: Scope) =>
  async (work: (scope: Scope) => Promise<unknown>): Promise<Statement[]> => {
    heard.length = 0
    await work(scope)
    return [...heard]
  }

type Explained = { 'Query Text': string; Plan: Record<string, number> }

function statementsIn({ message = '' }: Notice): Statement[] {
  const [, ms, json] = /^duration: ([\d.]+) ms {2}plan:\n([\s\S]*)$/.exec(message) ?? []
  if (!json) return []
  const { 'Query Text': text, Plan: plan } = JSON.parse(json) as Explained
  const of = (kind: string) => plan[`${kind} Blocks`] ?? 0
  const buffers = ['Shared Hit', 'Shared Read', 'Temp Read', 'Temp Written'].map(of)
  return [{ text, buffers: buffers.reduce((sum, n) => sum + n, 0), ms: Number(ms) }]
}
