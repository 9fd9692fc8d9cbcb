import { inScope } from '#src/db/scope.ts'
import { composed } from '#src/lib/text.ts'
import { searchTickets } from '#src/tickets/searching.ts'
import { type Status, statuses } from '#src/tickets/ticket.ts'
import type { TestOrganization, World } from '../world.ts'

/** What the search reads of a ticket. */
export type Searchable = {
  number: number
  status: Status
  title: string
  description: string
  name: string | null
  email: string | null
  tool: string | null
  error: string | null
}

const fold = (text: string) => text.toLowerCase()
const split = (text: string) =>
  text
    .split(/[\s\p{Cc}]+/u)
    .map((chunk) => chunk.split(/[!-/:-@[-`{-~¡«·»¿‐-‧、-】！-／：-？]+/u).filter(Boolean))

/** Longer words are told apart by their beginnings. */
const cut = (word: string) => [...word].slice(0, 60).join('')

/** The words of a text and its pairs, as told in docs/decisions/011-search.md, by other means. */
function wordsOf(text: string): Set<string> {
  const chunks = split(text)
  const pairs = chunks.flatMap((parts) => parts.slice(1).map((part, i) => `${parts[i]}_${part}`))
  return new Set([...chunks.flat(), ...pairs].map(cut))
}

/** Whether a ticket has every word of a query, the last one perhaps unfinished. */
export function matches(ticket: Searchable, query: string, statuses: Status[]): boolean {
  const { title, description, name, email, tool, error } = ticket
  const text = composed([title, description, name, email, tool, error].join(' '))
  const camel = text.replace(/([a-z])([A-Z])/g, '$1_$2')
  const words = new Set([...wordsOf(fold(text)), ...wordsOf(fold(camel))])
  const wanted = split(fold(composed(query)))
    .flatMap((parts) =>
      parts.length < 2 ? parts : parts.slice(1).map((part, i) => `${parts[i]}_${part}`),
    )
    .map(cut)
  const last = wanted.at(-1)
  if (!last || !statuses.includes(ticket.status)) return false
  const unfinished =
    last.length >= 3 ? [...words].some((word) => word.startsWith(last)) : words.has(last)
  return unfinished && wanted.slice(0, -1).every((word) => words.has(word))
}

/** Plants tickets past the intake, as it composes them. */
export async function plantSearchable(
  world: World,
  { scope, servers }: TestOrganization,
  tickets: Searchable[],
): Promise<void> {
  const { owner } = world.database
  const rows = composed(JSON.stringify(tickets))
  await owner`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, user_email, user_name, failed_tool, failed_error, trail, status,
        idempotency_key, request_hash, raised_at, created_at, updated_at)
    select ${scope.organizationId}, uuidv7(), (t->>'number')::int, s.id, t->>'title',
        t->>'description', 'Bug', 'email', t->>'email', t->>'name', t->>'tool', t->>'error', 'x',
        (t->>'status')::ticket_status, uuidv7()::text, '\\x00', now(), now(), now()
      from jsonb_array_elements(${rows}::text::jsonb) t
      join mcp_server s on s.organization_id = ${scope.organizationId} and s.slug = ${servers.none.slug}`
}

const nothing = { name: null, email: null, tool: null, error: null, description: '' }

/** An open ticket with few words. */
export const ticket = (
  number: number,
  title: string,
  change: Partial<Searchable> = {},
): Searchable => ({ ...nothing, number, title, status: 'open', ...change })

/** What a query finds of all states, from a cursor on. */
export const find = async (
  { scope }: Pick<TestOrganization, 'scope'>,
  q: string,
  cursor: Parameters<typeof searchTickets>[2]['cursor'] = null,
  wanted = 51,
) =>
  inScope(scope, (tx) => searchTickets(tx, scope, { q, statuses: [...statuses], cursor }, wanted))
