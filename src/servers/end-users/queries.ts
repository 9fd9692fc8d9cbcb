import { and, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm'
import { endUser, endUserSession, supportTicket as ticket } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { isId } from '#src/staff/forms.ts'
import type { EndUserFilter } from './filter.ts'

const pageSize = 50
const sessionsMax = 200
const ticketsMax = 100

const columns = {
  id: endUser.id,
  email: endUser.email,
  name: endUser.name,
  emailVerifiedAt: endUser.emailVerifiedAt,
  createdAt: endUser.createdAt,
}
export type ListedEndUser = {
  /** Their subject in tokens. */
  id: string
  email: string
  name: string
  emailVerifiedAt: Date | null
  createdAt: Date
}

/** The end-users of a server. */
export const ofServer = ({ organizationId }: Scope, serverId: string) =>
  and(eq(endUser.organizationId, organizationId), eq(endUser.mcpServerId, serverId))

/** A page of a server's end-users, newest first, and the cursor of the next; null on the last. */
export async function listEndUsers(
  scope: Scope,
  serverId: string,
  { q, before }: EndUserFilter,
): Promise<{ rows: ListedEndUser[]; older: string | null }> {
  const found = await inScope(scope, (tx) =>
    tx
      .select(columns)
      .from(endUser)
      .where(and(ofServer(scope, serverId), before ? lt(endUser.id, before) : undefined, begins(q)))
      .orderBy(desc(endUser.id))
      .limit(pageSize + 1),
  )
  const rows = found.slice(0, pageSize)
  return { rows, older: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null }
}

const begins = (q: string | undefined): SQL | undefined =>
  q === undefined
    ? undefined
    : or(
        sql`starts_with(${endUser.email}, lower(${q}))`,
        sql`starts_with(lower(${endUser.name}), lower(${q}))`,
      )

/** One of a server's end-users, or null. */
export async function findEndUser(
  scope: Scope,
  serverId: string,
  id: string,
): Promise<ListedEndUser | null> {
  if (!isId(id)) return null
  const [found] = await inScope(scope, (tx) =>
    tx
      .select(columns)
      .from(endUser)
      .where(and(ofServer(scope, serverId), eq(endUser.id, id))),
  )
  return found ?? null
}

/** The browsers in which an end-user is signed in at the server's address, newest first. */
export const sessionsOf = (scope: Scope, serverId: string, endUserId: string) =>
  inScope(scope, (tx) =>
    tx
      .select({
        id: endUserSession.id,
        userAgent: endUserSession.userAgent,
        createdAt: endUserSession.createdAt,
      })
      .from(endUserSession)
      .where(liveSessions(scope, serverId, endUserId))
      .orderBy(desc(endUserSession.id))
      .limit(sessionsMax),
  )

/** The sessions of an end-user that are not over. */
export const liveSessions = ({ organizationId }: Scope, serverId: string, endUserId: string) =>
  and(
    eq(endUserSession.organizationId, organizationId),
    eq(endUserSession.mcpServerId, serverId),
    eq(endUserSession.endUserId, endUserId),
    gt(endUserSession.expiresAt, new Date()),
  )

export type TheirTickets = { newest: number; n: number; more: boolean; active: number }

/** The tickets a person raised, known by issuer and subject; null where there are none. */
export const ticketsOf = (
  scope: Scope,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<TheirTickets | null> =>
  inScope(scope, async (tx) => {
    const found = await tx
      .select({ number: ticket.number, status: ticket.status })
      .from(ticket)
      .where(
        and(
          eq(ticket.organizationId, scope.organizationId),
          eq(ticket.mcpUserIssuer, issuer),
          eq(ticket.mcpUserId, subject),
        ),
      )
      .orderBy(desc(ticket.number))
      .limit(ticketsMax + 1)
    const [newest] = found
    if (!newest) return null
    return {
      newest: newest.number,
      n: Math.min(found.length, ticketsMax),
      more: found.length > ticketsMax,
      active: found.filter(({ status }) => status !== 'closed').length,
    }
  })
