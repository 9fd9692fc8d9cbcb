import type { Scope } from '#src/db/scope.ts'
import { createOrganization } from '#src/organizations/creating.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'
import { createServer } from '#src/servers/creating.ts'
import { createStaff } from '#src/staff/creating.ts'
import { freshDatabase, type TestDatabase } from '#tests/cluster.ts'

const servers = 6
const causes = 3_000
const days = 730
export const issuer = 'https://login.northwind.example'
/** A cause of a fifth of all tickets, one of three, and one that has nothing but an answer. */
export const bigCause = 1
export const smallCause = causes
/** A person, and a session, of one ticket in fifty. */
export const busy = { subject: 'u-0', session: 's-0', email: 'p-0@fjord.example' }
/** Others were merged into this one. */
export const target = 20_000

/**
 * An organization with many tickets over the last 730 days and 3,000 causes, few of which have most
 * of them; nine in ten tickets are closed, one in fifty is spam. The newest 5,000 came after the
 * last vacuum, as on a desk at work.
 */
export async function plantCauses(
  tickets: number,
): Promise<{ database: TestDatabase; scope: Scope }> {
  const database = await freshDatabase()
  const { owner } = database
  await createOrganization(database, { name: 'Wind & Sons', slug: 'northwind' })
  const found = await organizationBySlug(database, 'northwind')
  if (!found) throw new Error('no organization')
  const { scope } = found
  const { organizationId } = scope
  const staff = { organizationId, name: 'Mira Okafor', email: 'mira@northwind.example' }
  await createStaff(database, { ...staff, password: 'correct horse battery staple' })
  for (let n = 0; n < servers; n++)
    await createServer(scope, {
      slug: `server-${n}`,
      name: `Server ${n}`,
      auth: 'none',
      support: true,
      context: 'off',
    })
  await owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, name,
        fixed_at, created_at)
    select ${organizationId}, n, s.id, sha256(n::text::bytea), 'tool-' || n % 40,
        'Error ' || n || ': the server answered … forbidden', case when n % 7 = 0 then 'Cause ' || n end,
        case when n % 11 = 0 then now() end, now() - interval '730 days'
      from generate_series(1, ${causes}::int) n
      join mcp_server s on s.slug = 'server-' || n % ${servers}::int`
  await owner`
    insert into cause_answer select ${organizationId}, n, v, 'Sign in again. ' || v, null, staff.id, now()
      from generate_series(1, ${causes}::int, 3) n, generate_series(1, 3) v, staff`
  await owner`drop index support_ticket_terms`
  const arrived = Math.max(tickets - 5_000, 0)
  await plantTickets(database, organizationId, { from: 1, to: arrived, of: tickets })
  await owner.begin(async (sql) => {
    await sql`set local maintenance_work_mem = '1GB'`
    await sql`
      create index support_ticket_terms on support_ticket using gin (public.ticket_terms(
        organization_id, number, status, title, description, user_name, user_email, failed_tool,
        failed_error)) with (fastupdate = on, gin_pending_list_limit = 64)`
  })
  await owner`vacuum (analyze)`
  await plantTickets(database, organizationId, { from: arrived + 1, to: tickets, of: tickets })
  return { database, scope }
}

type Part = { from: number; to: number; of: number }

const plantTickets = (
  { owner }: TestDatabase,
  organizationId: string,
  { from, to, of }: Part,
): Promise<unknown> => owner`
  insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
      category, reporter_proof, mcp_user_issuer, mcp_user_id, user_email, session_id, reporter_hash,
      client_name, client_version, server_version, failed_tool, failed_error, trail, cause,
      answer_version, merged_into, status, closed_at, idempotency_key, request_hash, raised_at,
      created_at, updated_at)
  select ${organizationId}, uuidv7(), t.n, s.id, 'Search in the handbook fails ' || t.n,
      repeat(md5(t.n::text), 2 + t.n % 12), (array['Bug', 'Question', 'Other'])[1 + t.n % 3],
      (case when t.by_mail then 'email' else 'vouched' end)::reporter_proof,
      case when not t.by_mail then ${issuer} end, case when not t.by_mail then 'u-' || t.person end,
      'p-' || t.person || '@fjord.example', 's-' || t.person, substr(sha256(t.person::text::bytea), 1, 12),
      'client-' || t.n % 8, '1.' || t.n % 96 / 8, '2.' || t.n % 5, c.tool, left(c.pattern, 160), 'oox',
      c.number, case when c.number % 3 = 1 and t.n % 2 = 0 then 3 end,
      case when t.n between ${target + 1} and ${target + 500} then ${target}::int end,
      t.status::ticket_status, case when t.status = 'closed' then t.at + interval '1 day' end,
      'key' || t.n, '\\x00', t.at, t.at, t.at
    from (
      select n, now() - (${of}::int - n) * interval '1 day' * ${days}::int / ${of}::int as at, n % 3 = 0 as by_mail,
             case when n % 50 = 1 or n % 50 = 30 then 0 else 1 + floor(random() * 20000)::int end as person,
             case when n % 50 = 7 then 'spam' when n % 10 > 0 then 'closed'
                  when n % 20 = 0 then 'open' else 'in_progress' end as status,
             case when n in (1000, 2000, ${of}::int - 100) then ${smallCause}::int
                  when n % 5 = 0 then ${bigCause}::int
                  when n % 10 < 9 then 2 + floor(random() ^ 3 * ${causes - 2}::int)::int end as cause
        from generate_series(${from}::int, ${to}::int) n) t
    left join cause c on c.number = t.cause
    join mcp_server s on s.id = coalesce(c.mcp_server_id, (select id from mcp_server where slug = 'server-0'))
   order by t.n`
