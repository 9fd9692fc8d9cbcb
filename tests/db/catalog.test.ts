import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import * as schema from '#src/db/schema.ts'
import { freshDatabase, type TestDatabase } from '#tests/cluster.ts'
import { globalTables, ruleNames, violations } from './rules.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** For each rule, what would break it. */
const planted: Record<string, string[]> = {
  'a tenant table has an organization_id, uuid, not null, without default': [
    'create table planted (id uuid primary key)',
    'alter table support_ticket alter organization_id set default gen_random_uuid()',
    'alter table ticket_event drop constraint ticket_event_organization_id_ticket_id_id_pk; alter table ticket_event alter organization_id drop not null',
  ],
  'organization_id has one type everywhere': [
    'create table planted (organization_id bigint primary key)',
  ],
  'a table has a primary key': ['create table planted (organization_id uuid not null)'],
  'organization_id comes first in every key and unique index': [
    'create unique index planted on support_ticket (idempotency_key)',
    'create unique index planted on support_ticket (idempotency_key, organization_id)',
    'create unique index planted on support_ticket (idempotency_key) include (organization_id)',
    'create table planted (id uuid primary key, organization_id uuid not null)',
  ],
  'a foreign key between tenant tables pairs organization_id with organization_id, first': [
    'create table planted (organization_id uuid, server uuid, foreign key (server, organization_id) references mcp_server (organization_id, id))',
    'alter table ticket_context add foreign key (ticket_id, organization_id) references support_ticket (organization_id, id)',
  ],
  'a foreign key from a tenant table to a global one leads to organization or staff': [
    'alter table support_ticket add foreign key (session_id) references session',
  ],
  'every tenant table has a foreign key to organization': [
    'alter table rate_bucket drop constraint rate_bucket_organization_id_organization_id_fk; alter table rate_bucket drop constraint if exists rate_bucket_organization_id_fkey',
    'create table planted (organization_id uuid primary key)',
  ],
  'no foreign key leads from a global table to a tenant table': [
    'alter table mcp_server_slug add foreign key (organization_id, mcp_server_id) references mcp_server',
  ],
  'no foreign key sets organization_id to null or to a default': [
    'alter table ticket_context add foreign key (organization_id, ticket_id) references support_ticket on delete set null',
    'alter table ticket_context add foreign key (organization_id, ticket_id) references support_ticket on update cascade',
  ],
  'no column takes its value from a sequence': [
    'alter table support_ticket add planted serial',
    'alter table support_ticket add planted int generated always as identity',
  ],
  'no table has a trigger': [
    'create trigger planted before update on support_ticket for each row execute function suppress_redundant_updates_trigger()',
  ],
  'row-level security is enabled': ['alter table ticket_context disable row level security'],
  'row-level security is not forced': ['alter table ticket_context force row level security'],
  'a tenant table has one policy, for every command: the scope': [
    'drop policy scoped on ticket_context',
    'create policy planted on ticket_context using (true)',
    'alter policy scoped on ticket_context using (true)',
    'alter policy scoped on ticket_context with check (true)',
  ],
  'no table is temporary, unlogged, inherited or a partition': [
    'create unlogged table planted (organization_id uuid primary key)',
    'create temporary table planted (organization_id uuid primary key)',
    'create table planted () inherits (ticket_context)',
  ],
  'no view or function of the schema looks past the walls': [
    'alter function ticket_terms security definer',
    'create view planted as select * from support_ticket',
    'create materialized view planted as select * from support_ticket',
    'create function planted() returns bigint language sql security definer as $$ select count(*) from support_ticket $$',
  ],
  'the one function that looks past the walls is the owner’s and finds by a path of its own': [
    'alter function search_tickets reset search_path',
    'alter function search_tickets set search_path = public, pg_temp',
    'alter function search_tickets security invoker',
    'create role planted; grant create on schema public to planted; alter function search_tickets owner to planted',
    'create function search_tickets(query text) returns bigint language sql security definer set search_path = pg_catalog, pg_temp as $$ select 1::bigint $$',
  ],
  'no function of the schema is everybody’s': [
    'grant execute on function search_tickets to public',
    'create function planted() returns int language sql as $$ select 1 $$',
  ],
  'nothing is granted to everyone': ['grant select on support_ticket to public'],
}

class Undone extends Error {}

/** What breaks a rule in the schema, or would break it after `change`. */
async function breaking(rule: string, change?: string): Promise<object[]> {
  let found: object[] = []
  await database.owner
    .begin(async (tx) => {
      if (change) await tx.unsafe(change)
      found = [...(await tx.unsafe(violations(rule)))]
      throw new Undone()
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error
    })
  return found
}

describe('the schema keeps the rule that', () => {
  test.each(ruleNames)('%s', async (rule) => {
    expect(await breaking(rule)).toEqual([])
  })
})

describe('a test would notice a break of the rule that', () => {
  test.each(ruleNames)('%s', async (rule) => {
    for (const change of planted[rule] ?? [''])
      expect({ change, found: (await breaking(rule, change)).length > 0 }).toEqual({
        change,
        found: true,
      })
  })
})

test('the database has the tables of schema.ts, and the app may use each of them', async () => {
  const rows = await database.owner`
    select relname, has_table_privilege(${database.appRole}, oid, 'select, insert') as usable
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`
  const tables = Object.values(schema as Record<string, unknown>).filter((part) =>
    is(part, PgTable),
  )
  const names = tables.map((table) => getTableName(table)).sort()
  expect(rows.map((row) => ({ ...row }))).toEqual(
    names.map((relname) => ({ relname, usable: true })),
  )
  expect(names).toEqual(expect.arrayContaining(globalTables))
})
