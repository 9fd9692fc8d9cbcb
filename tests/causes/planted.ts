import fc from 'fast-check'
import { statuses } from '#src/tickets/ticket.ts'
import type { TestOrganization, World } from '../world.ts'

const dayMs = 86_400_000
const serverNames = ['none', 'external', 'platform'] as const

const fields = fc.record({
  /** Which cause, of a few that most tickets have and many that few have; null has none. */
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 5 }) },
    { weight: 4, arbitrary: fc.integer({ min: 6, max: 70 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  status: fc.constantFrom(...statuses, 'closed' as const),
  person: fc.option(fc.integer({ min: 1, max: 80 }), { freq: 12 }),
  client: fc.option(fc.constantFrom('Claude Code', 'Cursor', 'VS Code')),
  version: fc.option(fc.constantFrom('1.0', '2.0')),
  serverVersion: fc.option(fc.constantFrom('4.7.2', '4.8.0')),
  error: fc.option(fc.integer({ min: 1, max: 9 }).map((n) => `No page ${n}`)),
  agoMs: fc.oneof(fc.integer({ min: 0, max: 9 * dayMs }), fc.integer({ min: 0, max: 130 * dayMs })),
})

/** A ticket past the intake, with what its cause is called by. */
export type Planted = (typeof fields extends fc.Arbitrary<infer T> ? T : never) & {
  number: number
  createdMs: number
  server: (typeof serverNames)[number]
  /** That of the first ticket of its kind. */
  cause: number | null
}

/** Of every third kind the cause is fixed, of every fourth it came back, of every fifth answered. */
export const isFixed = (kind: number) => kind % 3 === 0
export const cameBack = (kind: number) => kind % 4 === 0 && !isFixed(kind)
export const isAnswered = (kind: number) => kind % 5 === 0 && kind % 10 !== 0

/** Plants tickets of many causes, in the order of their arrival. */
export async function plantCauses(
  { database: { owner } }: World,
  { scope, servers, staff }: TestOrganization,
  seed: number,
): Promise<Planted[]> {
  const { organizationId } = scope
  const now = Date.now()
  const made = fc.sample(fields, { seed, numRuns: 1_500 }).sort((a, b) => b.agoMs - a.agoMs)
  const first = new Map<number, number>()
  const all = made.map((one, index): Planted => {
    const number = index + 1
    if (one.kind !== null && !first.has(one.kind)) first.set(one.kind, number)
    const cause = one.kind === null ? null : (first.get(one.kind) ?? null)
    const server = serverNames[(one.kind ?? number) % 3] ?? 'none'
    return { ...one, number, cause, server, createdMs: now - one.agoMs }
  })
  const causes = [...first].map(([kind, number]) => ({
    ...{ kind, number, tool: `tool_${kind}`, pattern: `Failure ${kind} of …` },
    name: kind % 2 === 0 ? `Named ${kind}` : null,
    slug: servers[serverNames[kind % 3] ?? 'none'].slug,
    fixed: isFixed(kind),
    back: cameBack(kind),
  }))
  await owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, name,
        fixed_at, reopened_at, created_at)
    select ${organizationId}, (c->>'number')::int, s.id, sha256((c->>'kind')::bytea), c->>'tool',
        c->>'pattern', c->>'name', case when (c->>'fixed')::boolean then now() end,
        case when (c->>'back')::boolean then now() end, now()
      from jsonb_array_elements(${JSON.stringify(causes)}::text::jsonb) c
      join mcp_server s on s.organization_id = ${organizationId} and s.slug = c->>'slug'`
  const rows = all.map((one) => ({
    ...one,
    slug: servers[one.server].slug,
    createdAt: new Date(one.createdMs),
  }))
  await owner`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, failed_tool, failed_error, client_name, client_version,
        server_version, reporter_hash, cause, trail, status, idempotency_key, request_hash,
        raised_at, created_at, updated_at)
    select ${organizationId}, uuidv7(), (t->>'number')::int, s.id, 'Title ' || (t->>'number'),
        'Text', 'Bug', 'vouched', 'tool', t->>'error', t->>'client', t->>'version',
        t->>'serverVersion', sha256((t->>'person')::bytea), (t->>'cause')::int, 'x',
        (t->>'status')::ticket_status, t->>'number', '\\x00', now(),
        (t->>'createdAt')::timestamptz, now()
      from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) t
      join mcp_server s on s.organization_id = ${organizationId} and s.slug = t->>'slug'`
  for (const { kind, number } of causes) {
    if (kind % 5 === 0)
      await owner`insert into cause_answer values
        (${organizationId}, ${number}, 1, 'Sign in again.', null, ${staff.id}, now())`
    if (kind % 10 === 0)
      await owner`insert into cause_answer values
        (${organizationId}, ${number}, 2, null, null, ${staff.id}, now())`
  }
  await owner`
    insert into organization_counter values (${organizationId}, ${all.length})
    on conflict (organization_id) do update set ticket_number = excluded.ticket_number`
  return all
}

const calendars = new Map<string, Intl.DateTimeFormat>()
export function dayIn(timeZone: string, ms: number): string {
  const calendar =
    calendars.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  calendars.set(timeZone, calendar)
  return calendar.format(ms)
}

export const nth = (day: string, n: number) =>
  new Date(Date.parse(day) + n * dayMs).toISOString().slice(0, 10)
