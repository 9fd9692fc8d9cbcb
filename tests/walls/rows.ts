import type postgres from 'postgres'

/** Every row of every table: where it lies, which transaction wrote it, what it holds. */
export async function rowVersions(owner: postgres.Sql): Promise<string[]> {
  const tables = await owner<{ name: string }[]>`
    select quote_ident(relname) as name from pg_class
     where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by relname`
  const one = ({ name }: { name: string }) =>
    `select '${name} ' || t.ctid || ' ' || t.xmin || ' ' || md5(t::text) as row from ${name} t`
  const rows = await owner.unsafe<{ row: string }[]>(tables.map(one).join(' union all '))
  return rows.map(({ row }) => row).sort()
}
