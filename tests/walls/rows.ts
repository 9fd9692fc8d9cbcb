import type postgres from 'postgres'

/** Notes that the desk takes beside requests, whoever sends them: how often it said no, and when. */
const notes = 'refused_attempt'

/** Signs of life of the rightful caller, written a moment after the answer: compared without. */
const lifeSigns: Record<string, string> = {
  server_key: 'last_used_at',
  mcp_server: 'sdk_seen_at,sdk_version',
}

/** Every row of every table: where it lies, which transaction wrote it, what it holds. */
export async function rowVersions(owner: postgres.Sql): Promise<string[]> {
  const tables = await owner<{ name: string }[]>`
    select relname as name from pg_class
     where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
       and relname <> ${notes} order by relname`
  const one = ({ name }: { name: string }) => {
    const apart = lifeSigns[name]
    return apart
      ? `select '${name} ' || md5((to_jsonb(t) - '{${apart}}'::text[])::text) as row from "${name}" t`
      : `select '${name} ' || t.ctid || ' ' || t.xmin || ' ' || md5(t::text) as row from "${name}" t`
  }
  const rows = await owner.unsafe<{ row: string }[]>(tables.map(one).join(' union all '))
  return rows.map(({ row }) => row).sort()
}
