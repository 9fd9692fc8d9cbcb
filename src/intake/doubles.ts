import {
  type AnyColumn,
  and,
  between,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Fingerprint } from '#src/causes/fingerprint.ts'
import type { Taken } from '#src/causes/taking.ts'
import { ticketOccurrence as occurrence, supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { personOf } from '#src/tickets/person.ts'
import { ofPerson } from '#src/tickets/reporters.ts'
import type { Reporter, Status } from '#src/tickets/ticket.ts'
import { isAlike } from './likeness.ts'

/** A ticket raised again so soon after the last time, and arriving so soon, is the same one. */
const againWithinMs = 10 * 60_000
/** Since it first arrived: what goes on for longer is another ticket, so that each has few rows. */
const takesMoreForMs = 60 * 60_000
/** Of the newest tickets of a reporter, how many are looked at. */
const candidatesMax = 20

/** What arrives, as far as it tells whether it came before. */
export type Arriving = {
  serverId: string
  reporter: Reporter
  sessionId: string | null
  /** Of the call that failed, or null: nothing tells its cause. */
  print: Fingerprint | null
  /** Null where it is the first with its fingerprint, as far as is known. */
  cause: Taken | null
  title: string
  /** Spam where the reporter is blocked. */
  status: 'open' | 'spam'
  raisedAt: Date
  now: Date
}

/**
 * The ticket that a reporter raised a moment ago and raises again, or null. It is theirs by the
 * proof of who they are, or else by session and e-mail together: an e-mail alone anyone can type,
 * and no stranger adds to a ticket. Two causes are two tickets, whatever these are called, and what
 * says that a fix did not hold is a ticket of its own.
 */
export async function findDouble(
  tx: Tx,
  { organizationId }: Scope,
  arriving: Arriving,
): Promise<{ id: string; status: Status } | null> {
  const walk = alongReporter(arriving)
  if (!walk) return null
  const { print, cause, title, status, raisedAt, now } = arriving
  const instant = (of: Date, ms: number) =>
    sql`${new Date(of.getTime() + ms).toISOString()}::timestamptz`
  const walked = tx
    .select({
      id: ticket.id,
      number: ticket.number,
      title: ticket.title,
      cause: ticket.cause,
      raisedAt: ticket.raisedAt,
      createdAt: ticket.createdAt,
      ...heldTo,
    })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), walk))
    .orderBy(desc(ticket.number))
    .limit(candidatesMax)
    .as('walked')
  const last = tx
    .select({ createdAt: occurrence.createdAt, raisedAt: occurrence.raisedAt })
    .from(occurrence)
    .where(and(eq(occurrence.organizationId, organizationId), eq(occurrence.ticketId, walked.id)))
    .orderBy(desc(occurrence.id))
    .limit(1)
    .as('last')
  const found = await tx
    .select({
      id: walked.id,
      title: walked.title,
      cause: walked.cause,
      status: walked.status,
      raisedAt: walked.raisedAt,
    })
    .from(walked)
    .leftJoinLateral(last, sql`true`)
    .where(
      and(
        mayBeAddedTo(arriving, walked),
        gt(walked.createdAt, instant(now, -takesMoreForMs)),
        sql`coalesce(${last.createdAt}, ${walked.createdAt}) >= ${instant(now, -againWithinMs)}`,
        between(
          sql`coalesce(${last.raisedAt}, ${walked.raisedAt})`,
          instant(raisedAt, -againWithinMs),
          instant(raisedAt, againWithinMs),
        ),
      ),
    )
    .orderBy(desc(walked.number))
  const fixedAt = cause?.fixedAt && cause.fixedAt < raisedAt ? cause.fixedAt : null
  // Spam has said so, and opened nothing again.
  const candidates = found.filter(
    (one) =>
      !fixedAt || (status === 'spam' && one.cause === cause?.number && one.raisedAt > fixedAt),
  )
  const ofCause = candidates.find((one) => cause && one.cause === cause.number)
  const isCalledSo = (one: { title: string; cause: number | null }) =>
    (!print || one.cause === null) && isAlike(one.title, title)
  return ofCause ?? candidates.find(isCalledSo) ?? null
}

/** The tickets that may be of a reporter, by what an index leads to; null where nothing does. */
function alongReporter({ serverId, reporter, sessionId }: Arriving): SQL | null {
  const person = personOf(reporter)
  if (person) return ofPerson(person) ?? null
  const isGiven = reporter.proof === 'email' && reporter.email !== null
  if (!isGiven || sessionId === null) return null
  return and(eq(ticket.mcpServerId, serverId), eq(ticket.sessionId, sessionId)) ?? null
}

/** The columns that tell whether a ticket may be added to. */
const heldTo = {
  serverId: ticket.mcpServerId,
  proof: ticket.reporterProof,
  issuer: ticket.mcpUserIssuer,
  subject: ticket.mcpUserId,
  email: ticket.userEmail,
  status: ticket.status,
  mergedInto: ticket.mergedInto,
}

/**
 * Whether a ticket is of the same reporter and server, and still taken up: to who is blocked, spam
 * is as open as it says.
 */
export function mayBeAddedTo(
  { serverId, reporter, status }: Arriving,
  columns: { [K in keyof typeof heldTo]: AnyColumn } = heldTo,
): SQL | undefined {
  const person = personOf(reporter)
  const live: Status[] = ['open', 'in_progress', ...(status === 'spam' ? [status] : [])]
  return and(
    eq(columns.serverId, serverId),
    eq(columns.proof, reporter.proof),
    ...(person
      ? [eq(columns.issuer, person.issuer), eq(columns.subject, person.subject)]
      : [eq(columns.email, reporter.email ?? '')]),
    inArray(columns.status, live),
    isNull(columns.mergedInto),
  )
}
