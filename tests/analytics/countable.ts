import fc from 'fast-check'
import { statuses } from '#src/tickets/ticket.ts'
import { issuer, type TestOrganization, type World } from '../world.ts'

/** A clock set back or forward at, after and long after midnight; one that left a day out; none. */
export const timeZones = [
  'Europe/Berlin',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
]

const dayMs = 86_400_000
const between = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from), max: Date.parse(to) })

export const categories = ['Bug', 'Question', 'Other']
export const priorities = ['low', 'normal', 'high'] as const
/** More than are named, some with nothing but their case or a sign between them. */
export const tools = [...'abcdefghijklmno', 'A', '-', '=sum(1)'].map((name) => `tool_${name}`)
export const clients = ['Claude Code', 'Cursor', 'VS Code']

/** Numbers of causes; most tickets have one of few. */
const causes = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }))

const fields = fc.record({
  status: fc.constantFrom(...statuses, 'closed' as const, 'closed' as const),
  priority: fc.constantFrom(...priorities),
  category: fc.constantFrom(...categories),
  tool: fc.option(fc.constantFrom(...tools)),
  error: fc.option(fc.integer({ min: 1, max: 30 }).map((n) => `${n} failed`)),
  client: fc.option(fc.constantFrom(...clients)),
  version: fc.option(fc.constantFrom('1.0', '1.1', '2.0')),
  isAnonymous: fc.boolean(),
  cause: fc.option(causes, { freq: 3 }),
  isAnswered: fc.boolean(),
  /** When it was raised again, and when its reporter was answered first, after its arrival. */
  againMs: fc.option(fc.integer({ min: 1, max: 20 }).map((n) => n * 29_000)),
  answeredMs: fc.constantFrom(0, 0, 300_000),
  /** A person by their subject, or an address; of some neither is left. */
  reporter: fc.option(fc.integer({ min: 1, max: 40 }), { freq: 9 }),
  server: fc.constantFrom('none', 'external', 'platform'),
  createdMs: fc.oneof(
    between('2011-12-27', '2012-01-03'),
    between('2025-10-24', '2025-11-05'),
    between('2026-03-27', '2026-04-07'),
    between('2025-08-01', '2026-08-01'),
  ),
  /** In steps that a tenth of is a whole number of milliseconds. */
  took: fc.integer({ min: 1, max: (9 * dayMs) / 10_000 }).map((n) => n * 10_000),
})
export type Countable = typeof fields extends fc.Arbitrary<infer T> ? T : never

/** Days at the ends of ranges that have tickets in them. */
export const days = fc
  .oneof(
    between('2011-12-27', '2012-01-03'),
    between('2025-10-24', '2025-11-05'),
    between('2026-03-27', '2026-04-07'),
    between('2025-08-01', '2026-08-01'),
  )
  .map((ms) => new Date(ms).toISOString().slice(0, 10))

/** What a ticket keeps of its reporter; some who signed in have the address of one who did not. */
export function whoOf({ reporter, isAnonymous }: Countable) {
  const isSignedIn = reporter !== null && !isAnonymous
  return {
    proof: isSignedIn ? 'vouched' : isAnonymous ? 'email' : 'erased',
    subject: isSignedIn ? `u-${reporter}` : null,
    email: reporter !== null && (isAnonymous || reporter % 2) ? `p${reporter}@a.example` : null,
  }
}

const byTime = (a: Countable, b: Countable) => a.createdMs - b.createdMs

/** Plants tickets of all kinds, past the intake, numbered in the order of their arrival. */
export async function plantCountable(
  { database: { owner } }: World,
  { scope, servers }: TestOrganization,
  seed: number,
): Promise<Countable[]> {
  const made = fc.sample(fields, { seed, numRuns: 1_500 }).sort(byTime)
  const slugs = {
    none: servers.none.slug,
    external: servers.external.slug,
    platform: servers.platform.slug,
  }
  const rows = made.map((one, n) => ({
    ...one,
    number: n + 1,
    slug: slugs[one.server],
    createdAt: new Date(one.createdMs),
    ...whoOf(one),
    answer: one.isAnswered && one.cause ? 1 : null,
    answeredAt: new Date(one.createdMs + one.answeredMs),
    againAt: one.againMs && new Date(one.createdMs + one.againMs),
    closedAt: one.status === 'closed' ? new Date(one.createdMs + one.took) : null,
  }))
  await owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, name, created_at)
    select ${scope.organizationId}, n, s.id, n::text::bytea, 'search', 'pattern ' || n,
           case when n % 2 = 0 then 'cause ' || n end, now()
      from generate_series(1, 30) n
      join mcp_server s on s.organization_id = ${scope.organizationId} and s.slug = ${slugs.none}`
  await owner`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, mcp_user_issuer, mcp_user_id, user_email, cause, answer_version, failed_tool, failed_error, client_name, client_version, trail,
        status, priority, closed_at, idempotency_key, request_hash, raised_at, created_at, updated_at,
        occurrences)
    select ${scope.organizationId}, uuidv7(), (t->>'number')::int, s.id, 'Title', 'Text',
        t->>'category', (t->>'proof')::reporter_proof,
        case when t->>'subject' is not null then ${issuer} end, t->>'subject', t->>'email', (t->>'cause')::int,
        (t->>'answer')::int,
        t->>'tool', t->>'error', t->>'client', t->>'version', 'x', (t->>'status')::ticket_status,
        (t->>'priority')::ticket_priority, (t->>'closedAt')::timestamptz, t->>'number', '\\x00',
        now(), (t->>'createdAt')::timestamptz, now(),
        case when t->>'againAt' is null then 1 else 2 end
      from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) t
      join mcp_server s on s.organization_id = ${scope.organizationId} and s.slug = t->>'slug'`
  const raisedAgain = owner`
    support_ticket s join jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) t
        on s.organization_id = ${scope.organizationId} and s.number = (t->>'number')::int
     where t->>'againAt' is not null`
  await owner`
    insert into ticket_occurrence (organization_id, ticket_id, id, mcp_server_id, title, description,
        idempotency_key, request_hash, raised_at, created_at)
    select s.organization_id, s.id, uuidv7(), s.mcp_server_id, 'Title', '', 'again ' || s.number,
        '\\x00', now(), (t->>'againAt')::timestamptz
      from ${raisedAgain}`
  await owner`
    insert into ticket_event (organization_id, ticket_id, id, action, new_value, created_at)
    select s.organization_id, s.id, uuidv7(), 'answered', '1', (t->>'answeredAt')::timestamptz
      from ${raisedAgain} and s.answer_version is not null`
  await owner`
    update organization_counter set ticket_number = ${made.length}
     where organization_id = ${scope.organizationId}`
  return made
}
