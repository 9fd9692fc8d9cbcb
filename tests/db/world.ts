import type postgres from 'postgres'
import { freshDatabase, type TestDatabase } from '#tests/cluster.ts'
import { globalTables } from './rules.ts'

export const ours = '01900000-0000-7000-8000-00000000000a'
export const theirs = '01900000-0000-7000-8000-00000000000b'

/** Every table of the catalog that is not a global one. */
export async function tenantTables(owner: postgres.Sql): Promise<string[]> {
  const rows = await owner`
    select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    order by relname`
  return rows.map((row) => row.relname).filter((name) => !globalTables.includes(name))
}

/** A database where two organizations have a row in every tenant table, all ids but theirs alike. */
export async function plantedDatabase(): Promise<TestDatabase> {
  const database = await freshDatabase()
  const { owner } = database
  await owner`insert into organization (id, slug, name, created_at)
    values (${ours}, 'ours', 'Ours', now()), (${theirs}, 'theirs', 'Theirs', now())`
  await owner`insert into staff values (${staff}, 'mira@ours.example', 'Mira', 'none', now())`
  for (const organization of [ours, theirs]) await plantRows(owner, organization)
  return database
}

const id = '01900000-0000-7000-8000-000000000001'
const staff = '01900000-0000-7000-8000-000000000002'

/** By hand, in the order of the foreign keys; a new tenant table makes the test of them all fail. */
async function plantRows(owner: postgres.Sql, organization: string): Promise<void> {
  await owner`insert into mcp_server (organization_id, id, slug, name, auth, support_tool_title,
      support_tool_description, support_tool_categories, context_level, created_at)
    values (${organization}, ${id}, 'docs', 'Docs', 'none', 't', 'd', '{Bug}', 'call', now())`
  await owner`insert into server_key
      (organization_id, id, mcp_server_id, kind, key_hash, ending, created_at)
    values (${organization}, ${id}, ${id}, 'secret', '\\x00', 'xxxx', now())`
  await owner`insert into end_user values
    (${organization}, ${id}, ${id}, 'ana@fjord.example', null, 'Ana', null, now())`
  await owner`insert into end_user_session values
    (${organization}, ${id}, ${id}, '\\x00', ${id}, 'Test', now(), now())`
  await owner`insert into mailed_code values
    (${organization}, ${id}, '\\x00', '\\x00', 'ana@fjord.example', null, null, 5, now())`
  await owner`insert into oauth_client values
    (${organization}, ${id}, 'c', 'Client', '{}', '{}', 'none', null, null, now(), null)`
  await owner`insert into authorization_code values (${organization}, ${id}, '\\x00', 'c', ${id}, ${id},
    'http://localhost/', 'challenge', 'support', 'https://docs.example/mcp', now(), null)`
  await owner`insert into oauth_grant values (${organization}, ${id}, ${id}, 'c', ${id}, 'support',
    'https://docs.example/mcp', null, null, null, now(), now(), null)`
  await owner`insert into signing_key values (${organization}, ${id}, 1, '{}', 'jwe', now())`
  await owner`insert into refused_attempt values (${organization}, ${id}, 'key_invalid', 1, now())`
  await owner`insert into organization_counter values (${organization}, 1)`
  await owner`insert into rate_bucket values (${organization}, 'key', 1, now())`
  await owner`insert into support_ticket (organization_id, id, number, mcp_server_id, title,
      description, category, reporter_proof, trail, idempotency_key, request_hash, raised_at,
      created_at, updated_at)
    values (${organization}, ${id}, 1, ${id}, 'title', 'description', 'Bug', 'email', 'x', 'once',
      '\\x00', now(), now(), now())`
  await owner`insert into ticket_context values (${organization}, ${id}, '{"calls": []}')`
  await owner`insert into ticket_event (organization_id, ticket_id, id, action, created_at)
    values (${organization}, ${id}, ${id}, 'filed', now())`
  await owner`insert into ticket_note values (${organization}, ${id}, ${id}, ${staff}, 'Seen.', now())`
  await owner`insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern,
    created_at) values (${organization}, 1, ${id}, '\\x00', 'search', 'Not found', now())`
  await owner`insert into cause_answer values
    (${organization}, 1, 1, 'Sign in again.', null, ${staff}, now())`
  await owner`insert into cause_event values
    (${organization}, 1, ${id}, 'answered', null, '1', ${staff}, now())`
  await owner`insert into ticket_occurrence values (${organization}, ${id}, ${id}, ${id}, 'title',
    'description', null, 'again', '\\x00', now(), now())`
  await owner`insert into blocked_reporter values
    (${organization}, ${id}, 'reporter x', ${staff}, now())`
}
