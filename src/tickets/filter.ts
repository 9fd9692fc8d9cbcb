import { z } from 'zod'
import { composed } from '#src/lib/text.ts'
import { priorities, type statuses } from './ticket.ts'

/** `active` is open and in progress together. */
export const tabs = [
  'active',
  'open',
  'in_progress',
  'closed',
  'spam',
] as const satisfies readonly ('active' | (typeof statuses)[number])[]
export type Tab = (typeof tabs)[number]

/** What the list shows, and its whole state: each part lives in the URL. */
export type TicketFilter = {
  status: Tab
  /** Slug of a server. */
  server?: string
  /** The tool that failed. */
  tool?: string
  category?: string
  priority?: (typeof priorities)[number]
  /** Name of the MCP client. */
  client?: string
  /** What the tool failed with. */
  error?: string
  /** Number of a cause: that of the ticket that was its first. */
  cause?: number
  /** Number of a ticket, whose reporter's tickets are shown: an address of a page names nobody. */
  reporter?: number
  /** Whole days in the organization's time zone, both included: `2026-11-22`. */
  since?: string
  until?: string
  /** Only those that nobody of the staff has opened. */
  unread?: true
  /** Words of the ticket, or its number. */
  q?: string
  /** Keyset cursors: tickets older than this number, or newer. */
  before?: number
  after?: number
}

/** What may be set or taken away; a page's cursor is no part of what is looked for. */
export type FilterPart = Exclude<keyof TicketFilter, 'before' | 'after'>
type Loose = { [K in keyof TicketFilter]?: TicketFilter[K] | undefined }

export const searchCharsMax = 200
/** Of a value that has to be the ticket's own, such as an error. */
export const valueCharsMax = 200
export const numberMax = 2_147_483_647

/** A date of a calendar that databases know too. */
export const day = z.iso.date().refine((text) => text >= '1970')

const number = z.coerce.number().int().min(1).max(numberMax).optional().catch(undefined)
const value = z.string().min(1).max(valueCharsMax).transform(composed).optional().catch(undefined)
const date = day.optional().catch(undefined)

/** In the order of the address. */
const schema = z.object({
  status: z.enum(tabs).catch('active'),
  server: value,
  tool: value,
  category: value,
  priority: z.enum(priorities).optional().catch(undefined),
  client: value,
  error: value,
  cause: number,
  reporter: number,
  since: date,
  until: date,
  unread: z
    .literal('1')
    .transform(() => true as const)
    .optional()
    .catch(undefined),
  q: z
    .string()
    .trim()
    .min(1)
    .transform((text) => text.slice(0, searchCharsMax))
    .optional()
    .catch(undefined),
  before: number,
  after: number,
})

/** Reads a filter from a query string; what makes no sense is left out rather than refused. */
export const parseFilter = (query: URLSearchParams): TicketFilter =>
  filterOf(schema.parse(Object.fromEntries(query)))

/** The filter of its parts, without those that are not set; of two cursors the first. */
export function filterOf({ status = 'active', ...parts }: Loose): TicketFilter {
  const set = Object.entries(parts).filter(([, part]) => part)
  const { after, ...filter } = Object.fromEntries(set) as Omit<TicketFilter, 'status'>
  return { status, ...filter, ...(after && !filter.before && { after }) }
}

/** The canonical query string of a filter: fixed order, no defaults, no empty parts. */
export function filterQuery(filter: TicketFilter): string {
  const query = new URLSearchParams()
  for (const [name, text] of filterFields(filter)) query.set(name, text)
  const text = query.toString()
  return text && `?${text}`
}

/** The same as the fields of a form. */
export function filterFields(filter: TicketFilter): [name: keyof TicketFilter, text: string][] {
  return schema.keyof().options.flatMap((name): [keyof TicketFilter, string][] => {
    const part = filter[name]
    if (!part || (name === 'status' && part === 'active')) return []
    return [[name, part === true ? '1' : String(part).toWellFormed()]]
  })
}

/** The same filter from its first page, with some parts changed; `undefined` takes a part away. */
export const refine = (
  { before: _, after: __, ...filter }: TicketFilter,
  change: { [K in FilterPart]?: TicketFilter[K] | undefined },
): TicketFilter => filterOf({ ...filter, ...change })

/** Whether anything is looked for, besides a status. */
export const isNarrowed = (filter: TicketFilter): boolean =>
  filterFields(refine(filter, { status: undefined })).length > 0
