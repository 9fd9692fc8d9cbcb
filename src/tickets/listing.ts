import { and, asc, count, desc, eq, gt, ilike, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { storable } from '#src/lib/text.ts'
import type { TicketFilter } from './filter.ts'
import type { Person } from './person.ts'
import { rowColumns } from './queries.ts'
import { ofPerson } from './reporters.ts'
import type { TicketPage, TicketRow } from './ticket.ts'

export const pageSize = 50
/** Index entries looked at for one page, whatever the filter. */
export const walkMax = 20_000
/** Tickets whose text is looked at for one page. */
const textWalkMax = 5_000

/** The filter with what its parts stand for. */
export type Narrowed = TicketFilter & {
  serverId?: string | undefined
  person?: Person | null | undefined
}
type Bounds = { walk: number; text: number }
type Cursor = { older: number } | { newer: number } | null

/**
 * A page of tickets, newest first. Every page costs a bounded walk along an index that covers the
 * filter; where the bound ends a page early, `searchedTo` or the cursor says how far it got.
 */
export async function listTickets(
  tx: Tx,
  scope: Scope,
  filter: Narrowed,
  bounds: Bounds = { walk: walkMax, text: textWalkMax },
): Promise<TicketPage> {
  if (filter.after) {
    const { rows, more, stoppedAt } = await read(tx, scope, filter, { newer: filter.after }, bounds)
    const filled = more || stoppedAt !== null || rows.length === pageSize
    if (filled)
      return {
        rows: rows.reverse(),
        newer: more ? (rows[0]?.number ?? null) : stoppedAt,
        older: rows.at(-1)?.number ?? filter.after + 1,
        searchedTo: null,
      }
  }
  const cursor = filter.before ? { older: filter.before } : null
  const { rows, more, stoppedAt } = await read(tx, scope, filter, cursor, bounds)
  return {
    rows,
    newer: filter.before ? (rows[0]?.number ?? filter.before - 1) : null,
    older: more ? (rows.at(-1)?.number ?? null) : null,
    searchedTo: stoppedAt,
  }
}

type Read = { rows: TicketRow[]; more: boolean; stoppedAt: number | null }

async function read(
  tx: Tx,
  { organizationId }: Scope,
  filter: Narrowed,
  cursor: Cursor,
  bounds: Bounds,
): Promise<Read> {
  const newer = cursor !== null && 'newer' in cursor
  const direction = newer ? asc : desc
  const walk = tx.$with('walk').as(
    tx
      .select({ number: ticket.number, status: ticket.status })
      .from(ticket)
      .where(
        and(
          eq(ticket.organizationId, organizationId),
          beyond(cursor),
          narrowing(filter) ?? live(filter),
        ),
      )
      .orderBy(direction(ticket.number))
      .limit(bounds.walk),
  )
  const hit = tx.$with('hit').as(
    tx
      .select({ number: walk.number })
      .from(walk)
      .where(
        filter.status === 'active' ? ne(walk.status, 'closed') : eq(walk.status, filter.status),
      )
      .orderBy(direction(walk.number))
      .limit(filter.q ? bounds.text : pageSize + 1),
  )
  const found = await tx
    .with(walk, hit)
    .select(rowColumns)
    .from(hit)
    .innerJoin(
      ticket,
      and(eq(ticket.organizationId, organizationId), eq(ticket.number, hit.number)),
    )
    .innerJoin(
      mcpServer,
      and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, ticket.mcpServerId)),
    )
    .where(textMatches(filter))
    .orderBy(direction(ticket.number))
    .limit(pageSize + 1)
  if (found.length > pageSize)
    return { rows: found.slice(0, pageSize), more: true, stoppedAt: null }

  const edge = newer ? sql<number>`max(number)` : sql<number>`min(number)`
  const [walked] = await tx.with(walk).select({ n: count(), edge }).from(walk)
  const [read] = await tx.with(walk, hit).select({ n: count(), edge }).from(hit)
  const stoppedAt =
    filter.q && read?.n === bounds.text ? read.edge : walked?.n === bounds.walk ? walked.edge : null
  return { rows: found, more: false, stoppedAt }
}

function beyond(cursor: Cursor): SQL | undefined {
  if (!cursor) return undefined
  return 'newer' in cursor ? gt(ticket.number, cursor.newer) : lt(ticket.number, cursor.older)
}

/** The server and the person, each with an index of its own that covers the status. */
export const narrowing = ({
  serverId,
  person,
}: Pick<Narrowed, 'serverId' | 'person'>): SQL | undefined =>
  and(
    serverId ? eq(ticket.mcpServerId, serverId) : undefined,
    person ? ofPerson(person) : undefined,
  )

/** Lets the walk use the small index of tickets that are not closed. */
const live = ({ status }: TicketFilter): SQL | undefined =>
  status === 'closed' ? undefined : ne(ticket.status, 'closed')

function textMatches({ q }: TicketFilter): SQL | undefined {
  if (!q) return undefined
  const pattern = `%${storable(q).replace(/[\\%_]/g, '\\$&')}%`
  const number = /^#?(\d{1,9})$/.exec(q)?.[1]
  return or(
    ilike(ticket.title, pattern),
    ilike(ticket.userEmail, pattern),
    ilike(ticket.userName, pattern),
    number ? eq(ticket.number, Number(number)) : undefined,
  )
}
