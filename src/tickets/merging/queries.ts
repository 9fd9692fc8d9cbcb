import { and, asc, desc, eq, inArray, ne, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { supportTicket as ticket } from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { personOf } from '#src/tickets/person.ts'
import { ofPerson } from '#src/tickets/reporters.ts'
import type { Merging, Named, Reporter, TicketRow } from '#src/tickets/ticket.ts'

const partsMax = 50
const suggestedMax = 5
/** Of the newest tickets of a cause or a reporter, how many are looked at. */
const walkMax = 100

type Of = Pick<TicketRow, 'number' | 'status' | 'mergedInto' | 'cause' | 'reporter'> & {
  serverId: string
}

/** What a ticket is made of, and what it may be made a part of, where it may. */
export async function findMerging(tx: Tx, scope: Scope, of: Of): Promise<Merging> {
  const found = await listParts(tx, scope, of.number)
  const parts = { tickets: found.slice(0, partsMax), more: found.length > partsMax }
  const isFixed = of.mergedInto !== null || of.status === 'spam' || found.length > 0
  return { parts, suggested: isFixed ? [] : await suggest(tx, scope, of) }
}

const listParts = (tx: Tx, { organizationId }: Scope, number: number): Promise<Named[]> =>
  tx
    .select({ number: ticket.number, title: ticket.title })
    .from(ticket)
    .where(and(eq(ticket.organizationId, organizationId), eq(ticket.mergedInto, number)))
    .orderBy(asc(ticket.number))
    .limit(partsMax + 1)

/** Active tickets of the same server, with the same cause or of the same reporter, newest first. */
function suggest(tx: Tx, { organizationId }: Scope, of: Of): Promise<Named[]> {
  const newest = (like: SQL | undefined) =>
    tx
      .select({ number: ticket.number })
      .from(ticket)
      .where(and(eq(ticket.organizationId, organizationId), like))
      .orderBy(desc(ticket.number))
      .limit(walkMax)
  const walks = [of.cause !== null && eq(ticket.cause, of.cause), ofReporter(of.reporter)].flatMap(
    (like) => (like ? [newest(like)] : []),
  )
  const [walk, other] = walks
  if (!walk) return Promise.resolve([])
  return tx
    .select({ number: ticket.number, title: ticket.title })
    .from(ticket)
    .where(
      and(
        eq(ticket.organizationId, organizationId),
        inArray(ticket.number, other ? unionAll(walk, other) : walk),
        ne(ticket.number, of.number),
        eq(ticket.mcpServerId, of.serverId),
        inArray(ticket.status, ['open', 'in_progress']),
      ),
    )
    .orderBy(desc(ticket.number))
    .limit(suggestedMax)
}

/** Who raised it, or whoever gave the same address: people decide whether that is the same. */
function ofReporter(reporter: Reporter): SQL | undefined {
  const person = personOf(reporter)
  if (person) return ofPerson(person)
  const { proof, email } = reporter
  return proof === 'email' && email ? eq(ticket.userEmail, email) : undefined
}
