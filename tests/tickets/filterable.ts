import fc from 'fast-check'
import type { TicketFilter } from '#src/tickets/filter.ts'
import { statuses } from '#src/tickets/ticket.ts'
import { issuer, type TestOrganization, type World } from '../world.ts'

/** The clock there shows the hour after midnight twice on 1 November 2026. */
export const timeZone = 'America/Havana'
const tools = ['search_docs', 'export_page', null]
const errors = ['403 forbidden', 'timeout', null]
/** Numbers of tickets that were the first of theirs. */
const causes = [1, 2, 3, null, null]
const clients = ['Claude Code', 'Cursor', null]
export const categories = ['Bug', 'Question', 'Other']
export const priorities = ['low', 'normal', 'high'] as const

const fields = fc.record({
  status: fc.constantFrom(...statuses),
  priority: fc.constantFrom(...priorities),
  category: fc.constantFrom(...categories),
  tool: fc.constantFrom(...tools),
  error: fc.constantFrom(...errors),
  cause: fc.constantFrom(...causes),
  client: fc.constantFrom(...clients),
  subject: fc.constantFrom('u-1', 'u-2', null),
  isExternal: fc.boolean(),
  isRead: fc.boolean(),
  /** Some arrive at once, and are numbered the other way round. */
  jitterSeconds: fc.integer({ min: -300, max: 300 }),
  words: fc.constantFrom('invoice', 'refund', 'invoice refund'),
})
type Fields = typeof fields extends fc.Arbitrary<infer T> ? T : never
export type Filterable = ReturnType<typeof ticketOf>

/** One each 37 minutes, over the days at which the clock is set back. */
const start = Date.parse('2026-10-29T00:00:00Z')
const ticketOf = ({ jitterSeconds, ...rest }: Fields, index: number) => ({
  ...rest,
  number: index + 1,
  createdAt: new Date(start + index * 37 * 60_000 + jitterSeconds * 1000),
})

/** Plants tickets of all kinds, in days of the organization's time zone. */
export async function plantFilterable(
  { database: { owner } }: World,
  { scope, servers }: TestOrganization,
  seed: number,
): Promise<Filterable[]> {
  const made = fc.sample(fields, { seed, numRuns: 300 }).map(ticketOf)
  await owner`update organization set time_zone = ${timeZone} where id = ${scope.organizationId}`
  await owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, created_at)
    select ${scope.organizationId}, n, s.id, n::text::bytea, 'search_docs', 'pattern ' || n, now()
      from generate_series(1, 4) n
      join mcp_server s on s.organization_id = ${scope.organizationId} and s.slug = ${servers.none.slug}`
  await owner`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, mcp_user_issuer, mcp_user_id, failed_tool, failed_error,
        client_name, cause, read_at, trail, status, priority, idempotency_key, request_hash, raised_at,
        created_at, updated_at)
    select ${scope.organizationId}, uuidv7(), (t->>'number')::int, s.id, t->>'words', 'Text',
        t->>'category', (case when t->>'subject' is null then 'email' else 'vouched' end)::reporter_proof,
        case when t->>'subject' is null then null else ${issuer} end, t->>'subject',
        t->>'tool', t->>'error', t->>'client',
        (t->>'cause')::int, case when (t->>'isRead')::boolean then now() end,
        'x', (t->>'status')::ticket_status, (t->>'priority')::ticket_priority, t->>'number',
        '\\x00', now(), (t->>'createdAt')::timestamptz, now()
      from jsonb_array_elements(${JSON.stringify(made)}::text::jsonb) t
      join mcp_server s on s.organization_id = ${scope.organizationId} and s.slug =
        case when (t->>'isExternal')::boolean then ${servers.external.slug} else ${servers.none.slug} end`
  return made
}

const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })

/** The same question, asked of every ticket. */
export function passes(
  { servers }: TestOrganization,
  all: Filterable[],
  filter: TicketFilter,
  one: Filterable,
): boolean {
  const { server, tool, category, priority, client, error, cause, reporter } = filter
  const { since, until, unread, q } = filter
  const wanted = all.find(({ number }) => number === reporter)?.subject
  const day = dayOf.format(one.createdAt)
  const slug = one.isExternal ? servers.external.slug : servers.none.slug
  return (
    (!server || server === slug) &&
    (!tool || tool === one.tool) &&
    (!category || category === one.category) &&
    (!priority || priority === one.priority) &&
    (!client || client === one.client) &&
    (!error || error === one.error) &&
    (!cause || cause === one.cause) &&
    (!reporter || (wanted != null && wanted === one.subject)) &&
    (!since || day >= since) &&
    (!until || day <= until) &&
    (!unread || !one.isRead) &&
    (!q || q.split(' ').every((word) => one.words.split(' ').some((own) => own.startsWith(word))))
  )
}
