import { z } from 'zod'
import { storable } from '#src/lib/text.ts'
import { valueCharsMax } from '#src/tickets/filter.ts'

/** `open` is what is not marked fixed. */
export const causeStates = ['open', 'fixed', 'all'] as const
export type CauseState = (typeof causeStates)[number]

/** Days that end today, over which "most" is counted. */
export const causeSpans = [7, 30, 90] as const
export type CauseSpan = (typeof causeSpans)[number]
const usualSpan = 30

/** Causes of a page of the list. */
export const causePageSize = 25
/** No one pages further than this. */
const pageMax = 400

/** What the list of causes shows, and its whole state: each part lives in the URL. */
export type CauseFilter = {
  state: CauseState
  days: CauseSpan
  /** Slug of a server. */
  server?: string
  /** From 1. */
  page: number
}

export const usualCauses: CauseFilter = { state: 'open', days: usualSpan, page: 1 }

const schema = z.object({
  state: z.enum(causeStates).catch('open'),
  server: z.string().min(1).max(valueCharsMax).transform(storable).optional().catch(undefined),
  days: z.coerce
    .number()
    .pipe(z.union(causeSpans.map((days) => z.literal(days))))
    .catch(usualSpan),
  page: z.coerce.number().int().min(1).max(pageMax).catch(1),
})

/** Reads a filter from a query string; what makes no sense is left out rather than refused. */
export function parseCauses(query: URLSearchParams): CauseFilter {
  const { server, ...filter } = schema.parse(Object.fromEntries(query))
  return { ...filter, ...(server && { server }) }
}

/** The canonical query string of a filter: fixed order, no defaults. */
export function causesQuery({ state, server, days, page }: CauseFilter): string {
  const query = new URLSearchParams()
  if (state !== 'open') query.set('state', state)
  if (server) query.set('server', server.toWellFormed())
  if (days !== usualSpan) query.set('days', String(days))
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `?${query}` : ''
}

/** The same list from its first page, with some parts changed; `undefined` takes a server away. */
export function refineCauses(
  { server, ...filter }: CauseFilter,
  change: Partial<Omit<CauseFilter, 'server'>> & { server?: string | undefined },
): CauseFilter {
  const { server: other, ...parts } = { server, ...change }
  return { ...filter, page: 1, ...parts, ...(other && { server: other }) }
}
