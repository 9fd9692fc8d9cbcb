import { and, eq, inArray, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { nilId } from '#src/lib/ids.ts'
import { findCause, type NamedCause } from './causes.ts'
import { type Days, findDays, isWithin, numbersOf } from './days.ts'
import type { Tab, TicketFilter } from './filter.ts'
import { type Person, personOf } from './person.ts'
import { findReporter, ofPerson } from './reporters.ts'
import type { Reporter, Status } from './ticket.ts'

/** The filter with what its parts stand for. */
export type Narrowed = TicketFilter & {
  serverId?: string | undefined
  person?: Person | null | undefined
  days?: Days | null | undefined
}

/** Finds out what a filter stands for. A server, cause or reporter that is not there has no ticket. */
export async function narrow(
  tx: Tx,
  scope: Scope,
  filter: TicketFilter,
): Promise<{ narrowed: Narrowed; reporter: Reporter | null; cause: NamedCause | null }> {
  const [serverId, cause, reporter, days] = await Promise.all([
    filter.server ? findServerId(tx, scope, filter.server) : undefined,
    filter.cause ? findCause(tx, scope, filter.cause) : null,
    filter.reporter ? findReporter(tx, scope, filter.reporter) : null,
    filter.since || filter.until ? findDays(tx, scope, filter) : null,
  ])
  const person = reporter && personOf(reporter)
  const isOfNobody = filter.reporter && !person
  const narrowed = { ...filter, serverId: isOfNobody ? nilId : serverId, person, days }
  return { narrowed, reporter: person && reporter, cause }
}

/** The server of a slug; where there is none, the id that nothing has. */
export async function findServerId(
  tx: Tx,
  { organizationId }: Scope,
  slug: string,
): Promise<string> {
  const [found] = await tx
    .select({ id: mcpServer.id })
    .from(mcpServer)
    .where(and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.slug, slug)))
  return found?.id ?? nilId
}

export const statusesOf = (tab: Tab): Status[] =>
  tab === 'active' ? ['open', 'in_progress'] : [tab]

/** Lets a walk use the small index of tickets that are worked on. In its words, not by parameters. */
export const isLive = sql`${ticket.status} in ('open', 'in_progress')`

/** The same for spam, in the words of its index. */
export const isSpam = sql`${ticket.status} not in ('open', 'in_progress', 'closed')`

/** What has an index of its own that goes on by number, and covers the columns below. */
const keys = ({ person, cause, error, tool, client }: Narrowed): SQL[] =>
  [
    person ? ofPerson(person) : undefined,
    cause ? eq(ticket.cause, cause) : undefined,
    error ? eq(ticket.failedError, error) : undefined,
    tool ? eq(ticket.failedTool, tool) : undefined,
    client ? eq(ticket.clientName, client) : undefined,
  ].filter((key) => key !== undefined)

/** Whether few tickets are left, so that one walk meets those of all states. */
export const isKeyed = (narrowed: Narrowed): boolean => keys(narrowed).length > 0

/** What a walk follows: the first of what has an index of its own. */
export const walked = (narrowed: Narrowed): SQL | undefined =>
  keys(narrowed)[0] ?? ofServer(narrowed, ticket.mcpServerId)

/** The part of the organization's numbers that a walk is about. */
export const between = ({ days }: Narrowed): SQL | undefined => (days ? numbersOf(days) : undefined)

export const coveredColumns = {
  number: ticket.number,
  status: ticket.status,
  priority: ticket.priority,
  category: ticket.category,
  mcpServerId: ticket.mcpServerId,
}
type Covered = { [K in keyof typeof coveredColumns]: SQLWrapper }

/** What every index that a walk follows can tell. */
export const isCovered = (narrowed: Narrowed, columns: Covered, statuses: Status[]) =>
  and(
    inArray(columns.status, statuses),
    narrowed.priority ? eq(columns.priority, narrowed.priority) : undefined,
    narrowed.category ? eq(columns.category, narrowed.category) : undefined,
    ofServer(narrowed, columns.mcpServerId),
  )

const ofServer = ({ serverId }: Narrowed, column: SQLWrapper) =>
  serverId ? eq(column, serverId) : undefined

/** What only the ticket itself can tell; undefined where that is nothing. */
export const isOwn = (narrowed: Narrowed): SQL | undefined =>
  and(
    ...keys(narrowed).slice(1),
    narrowed.unread ? isNull(ticket.readAt) : undefined,
    narrowed.days ? isWithin(narrowed.days) : undefined,
  )

/** All of a filter but its words, of tickets that are found by their numbers. */
export const isMatch = (narrowed: Narrowed, statuses: Status[]): SQL | undefined =>
  and(keys(narrowed)[0], isCovered(narrowed, ticket, statuses), isOwn(narrowed))

/** Whether anything but words and a status is asked for. */
export const hasOthers = (narrowed: Narrowed): boolean =>
  isKeyed(narrowed) ||
  Boolean(narrowed.serverId ?? narrowed.priority ?? narrowed.category ?? isOwn(narrowed))
