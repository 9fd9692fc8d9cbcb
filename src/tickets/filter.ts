import { z } from 'zod'

export const tabs = ['active', 'open', 'in_progress', 'closed'] as const
/** `active` is open and in progress together. */
export type Tab = (typeof tabs)[number]

/** What the list shows, and its whole state: each part lives in the URL. */
export type TicketFilter = {
  status: Tab
  /** Slug of a server. */
  server?: string
  /** Number of a ticket, whose reporter's tickets are shown: an address of a page names nobody. */
  reporter?: number
  /** Words in the title or the reporter. */
  q?: string
  /** Keyset cursors: tickets older than this number, or newer. */
  before?: number
  after?: number
}

export const searchCharsMax = 200
const number = z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined)
const word = (charsMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .transform((value) => value.slice(0, charsMax))
    .optional()
    .catch(undefined)

const schema = z.object({
  status: z.enum(tabs).catch('active'),
  server: word(40),
  reporter: number,
  q: word(searchCharsMax),
  before: number,
  after: number,
})

/** Reads a filter from a query string; what makes no sense is left out rather than refused. */
export function parseFilter(query: URLSearchParams): TicketFilter {
  const { status, server, reporter, q, before, after } = schema.parse(Object.fromEntries(query))
  return {
    status,
    ...(server && { server }),
    ...(reporter && { reporter }),
    ...(q && { q }),
    ...(before && { before }),
    ...(after && !before && { after }),
  }
}

/** The canonical query string of a filter: fixed order, no defaults, no empty parts. */
export function filterQuery(filter: TicketFilter): string {
  const query = new URLSearchParams()
  if (filter.status !== 'active') query.set('status', filter.status)
  if (filter.server) query.set('server', filter.server)
  if (filter.reporter) query.set('reporter', String(filter.reporter))
  if (filter.q) query.set('q', filter.q)
  if (filter.before) query.set('before', String(filter.before))
  if (filter.after) query.set('after', String(filter.after))
  const text = query.toString()
  return text && `?${text}`
}

/** The same filter from its first page, with some parts changed; `undefined` takes a part away. */
export function refine(
  { status, server, reporter, q }: TicketFilter,
  change: { [K in 'status' | 'server' | 'reporter' | 'q']?: TicketFilter[K] | undefined },
): TicketFilter {
  const next = { status, server, reporter, q, ...change }
  return {
    status: next.status ?? 'active',
    ...(next.server && { server: next.server }),
    ...(next.reporter && { reporter: next.reporter }),
    ...(next.q && { q: next.q }),
  }
}
