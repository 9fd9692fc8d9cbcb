/**
 * The rules of the schema: one row a violation, from the catalog. They keep organizations apart,
 * and tables distributable by `organization_id` later.
 */
export const globalTables = [
  ...['organization', 'staff', 'session', 'membership', 'mcp_server_slug', 'attempt_bucket'],
  ...['invitation', 'setup_token', 'password_reset'],
]

const scopePolicy = `(organization_id = (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid)`

/** `t` is each table, `org` the number of its organization_id. A rule selects what breaks it. */
const rules: Record<string, string> = {
  'a tenant table has an organization_id, uuid, not null, without default': `
    select t.name, '' from t left join pg_attribute a on a.attrelid = t.oid and a.attnum = t.org
    where t.tenant and (a is null or not a.attnotnull or a.atthasdef or a.attgenerated <> '')`,

  'organization_id has one type everywhere': `
    select t.name, format_type(a.atttypid, a.atttypmod)
    from t join pg_attribute a on a.attrelid = t.oid and a.attnum = t.org
    where a.atttypid <> 'uuid'::regtype`,

  'a table has a primary key': `
    select t.name, '' from t
    where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,

  'organization_id comes first in every key and unique index': `
    select t.name, i.indexrelid::regclass::text from t join pg_index i on i.indrelid = t.oid
    where t.tenant and (i.indisunique or i.indisexclusion) and i.indkey[0] is distinct from t.org`,

  'a foreign key between tenant tables pairs organization_id with organization_id, first': `
    select t.name, k.conname from t join k on k.conrelid = t.oid join t r on r.oid = k.confrelid
    where t.tenant and r.tenant
      and (k.conkey[1] is distinct from t.org or k.confkey[1] is distinct from r.org)`,

  'a foreign key from a tenant table to a global one leads to organization or staff': `
    select t.name, k.conname from t join k on k.conrelid = t.oid join t r on r.oid = k.confrelid
    where t.tenant and not r.tenant and r.name not in ('organization', 'staff')`,

  'every tenant table has a foreign key to organization': `
    select t.name, '' from t where t.tenant and not exists (
      select from k where k.conrelid = t.oid and k.confrelid = 'organization'::regclass
        and k.conkey = array[t.org])`,

  'no foreign key leads from a global table to a tenant table': `
    select t.name, k.conname from t join k on k.conrelid = t.oid join t r on r.oid = k.confrelid
    where not t.tenant and r.tenant`,

  'no foreign key sets organization_id to null or to a default': `
    select t.name, k.conname from t join k on k.conrelid = t.oid
    where t.tenant and t.org = any (k.conkey)
      and (k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd', 'c'))`,

  'no column takes its value from a sequence': `
    select t.name, a.attname from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0
    where a.attidentity <> '' or exists (
      select from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
      where d.refobjid = t.oid and d.refobjsubid = a.attnum)`,

  'no table has a trigger': `
    select t.name, g.tgname from t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal`,

  'row-level security is enabled': `
    select t.name, '' from t where t.tenant and not t.relrowsecurity`,

  'row-level security is not forced': `
    select t.name, '' from t where t.relforcerowsecurity`,

  'a tenant table has one policy, for every command: the scope': `
    select t.name, coalesce(p.polname, 'none') from t left join pg_policy p on p.polrelid = t.oid
    where t.tenant and (p is null or p.polcmd <> '*' or not p.polpermissive
      or pg_get_expr(p.polqual, p.polrelid) is distinct from $scope$${scopePolicy}$scope$
      or pg_get_expr(p.polwithcheck, p.polrelid) is distinct from $scope$${scopePolicy}$scope$)`,

  'no table is temporary, unlogged, inherited or a partition': `
    select t.name, '' from t where t.relpersistence <> 'p'
      or exists (select from pg_inherits h where t.oid in (h.inhrelid, h.inhparent))`,

  'no view or function of the schema looks past the walls': `
    select c.relname, 'view' from pg_class c where c.relkind in ('v', 'm')
      and c.relnamespace = 'public'::regnamespace
      and (c.relkind = 'm' or not coalesce('security_invoker=true' = any (c.reloptions), false))
    union all select f.proname, 'function' from pg_proc f
    where f.pronamespace = 'public'::regnamespace and f.prosecdef and f.proname <> 'search_tickets'`,

  'the one function that looks past the walls is the owner’s and finds by a path of its own': `
    select f.proname, f.oid::regprocedure::text from pg_proc f
    where f.proname = 'search_tickets' and f.pronamespace = 'public'::regnamespace and (
      not f.prosecdef
      or f.proowner <> (select relowner from pg_class where oid = 'support_ticket'::regclass)
      or not coalesce('search_path=pg_catalog, pg_temp' = any (f.proconfig), false)
      or (select count(*) from pg_proc s where s.proname = f.proname) <> 1)`,

  'no function of the schema is everybody’s': `
    select f.proname, '' from pg_proc f
    join lateral aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) g on g.grantee = 0
    where f.pronamespace = 'public'::regnamespace`,

  'nothing is granted to everyone': `
    select t.name, g.privilege_type from t
    join lateral aclexplode(t.relacl) g on g.grantee = 0`,
}

export const ruleNames = Object.keys(rules)

/** `violations('name')`: the statement that finds what breaks that rule, as (name, detail). */
export function violations(rule: string): string {
  const globals = globalTables.map((name) => `'${name}'`).join(', ')
  return `with t as (
      select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity, c.relpersistence,
        c.relacl, c.relname not in (${globals}) as tenant,
        (select attnum from pg_attribute where attrelid = c.oid and attname = 'organization_id'
          and not attisdropped) as org
      from pg_class c
      where c.relkind in ('r', 'p', 'f') and (c.relnamespace = 'public'::regnamespace
        or c.relpersistence = 't' and c.relnamespace = pg_my_temp_schema())
    ), k as (select * from pg_constraint where contype = 'f')
    select * from (${rules[rule]}) as broken (name, detail) order by 1, 2`
}
