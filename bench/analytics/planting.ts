import type { Scope } from '#src/db/scope.ts'
import { createOrganization } from '#src/organizations/creating.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'
import { createServer } from '#src/servers/creating.ts'
import { freshDatabase, type TestDatabase } from '#tests/cluster.ts'

const servers = 6

/**
 * An organization with many tickets over the last 730 days: 6 servers, 40 tools, 3,000 errors, 8
 * clients of 12 versions each; nine in ten are closed, one in fifty is spam. Without the index of
 * words, which takes minutes to fill and is not read here.
 */
export async function plantTickets(
  tickets: number,
): Promise<{ database: TestDatabase; scope: Scope }> {
  const database = await freshDatabase()
  const { owner } = database
  await createOrganization(database, { name: 'Wind & Sons', slug: 'northwind' })
  const found = await organizationBySlug(database, 'northwind')
  if (!found) throw new Error('no organization')
  const { scope } = found
  for (let n = 0; n < servers; n++)
    await createServer(scope, {
      slug: `server-${n}`,
      name: `Server ${n}`,
      auth: 'none',
      support: true,
      context: 'off',
    })
  await owner`drop index support_ticket_terms`
  await owner`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, user_email, client_name, client_version, failed_tool,
        failed_error, trail, status, closed_at, idempotency_key, request_hash, raised_at,
        created_at, updated_at)
    select ${scope.organizationId}, gen_random_uuid(), n, server.ids[1 + floor(random() ^ 2 * ${servers}::int)::int],
        'Search in the handbook fails ' || n, repeat(md5(n::text), 4 + n % 24),
        (array['Bug', 'Question', 'Feature request', 'Other'])[1 + n % 4],
        (case when n % 3 = 0 then 'email' else 'vouched' end)::reporter_proof, 'ana@fjord.example',
        'client-' || n % 8, '1.' || n % 96 / 8, case when n % 5 > 0 then 'tool-' || floor(random() ^ 3 * 40) end,
        case when n % 5 > 0 then 'Error ' || floor(random() ^ 4 * 3000) || ': the server answered 403 forbidden' end,
        'oox', state.name, case state.name when 'closed' then at.time + random() ^ 3 * interval '9 days' end,
        'key' || n, '\\x00', at.time, at.time, at.time
      from generate_series(1, ${tickets}::int) n
      cross join lateral (select now() - (${tickets}::int - n) * interval '730 days' / ${tickets}::int as time) at
      cross join lateral (select (case when n % 50 = 7 then 'spam' when n % 10 > 0 then 'closed'
        when n % 20 = 0 then 'open' else 'in_progress' end)::ticket_status as name) state
      cross join (select array_agg(id) as ids from mcp_server) server`
  await owner`vacuum (analyze) support_ticket`
  return { database, scope }
}
