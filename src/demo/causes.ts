import type { TicketContext } from '#sdk/contract.ts'
import { type Fingerprint, fingerprintOf } from '#src/causes/fingerprint.ts'
import type { cause, causeAnswer, causeEvent, supportTicket, ticketEvent } from '#src/db/schema.ts'
import { failedCall } from '#src/intake/cleaning.ts'
import { idAt } from '#src/lib/ids.ts'
import { type Handling, handlings } from './content/causes.ts'

type Ticket = typeof supportTicket.$inferInsert
type Cause = typeof cause.$inferInsert
export type CauseRows = {
  causes: Cause[]
  answers: (typeof causeAnswer.$inferInsert)[]
  causeEvents: (typeof causeEvent.$inferInsert)[]
}

const minuteMs = 60_000
/** Behind the event that filed the ticket. */
const idAfter = (at: Date) => idAt(new Date(at.getTime() + 1))

/** Gives the tickets their causes, and what the staff did about them. The tickets stand in order. */
export function causesOf(
  tickets: Ticket[],
  contexts: Map<string, TicketContext>,
  staffId: string,
): CauseRows & { events: (typeof ticketEvent.$inferInsert)[] } {
  const groups = new Map<string, { print: Fingerprint; tickets: Ticket[] }>()
  for (const ticket of tickets) {
    const print = fingerprintOf(failedCall(contexts.get(ticket.id)))
    if (!print) continue
    const key = `${ticket.mcpServerId} ${print.fingerprint.toString('hex')}`
    const group = groups.get(key) ?? { print, tickets: [] }
    groups.set(key, group)
    group.tickets.push(ticket)
  }
  const rows = { causes: [], answers: [], causeEvents: [], events: [] } as ReturnType<
    typeof causesOf
  >
  for (const { print, tickets } of groups.values()) {
    const [first] = tickets
    if (!first) continue
    const { organizationId, number, mcpServerId, createdAt } = first
    for (const ticket of tickets) ticket.cause = number
    const made: Cause = { ...print, organizationId, number, mcpServerId, createdAt }
    rows.causes.push(made)
    const handling = handlings.find(
      ({ tool, error }) => tool === print.tool && print.pattern.startsWith(error),
    )
    if (handling) handle(rows, made, tickets, handling, staffId)
  }
  return rows
}

function handle(
  rows: ReturnType<typeof causesOf>,
  made: Cause,
  tickets: Ticket[],
  { name, answer, fixedAfterTickets }: Handling,
  staffId: string,
): void {
  const { organizationId, number: cause } = made
  const happen = (
    action: (typeof rows.causeEvents)[number]['action'],
    createdAt: Date,
    newValue: string | null,
    by: string | null = staffId,
  ) =>
    rows.causeEvents.push({
      organizationId,
      cause,
      id: idAt(createdAt),
      action,
      newValue,
      staffId: by,
      createdAt,
    })
  const after = (nth: number) =>
    new Date(
      (tickets[Math.min(nth, tickets.length) - 1] ?? made).createdAt.getTime() + 20 * minuteMs,
    )

  if (name) {
    made.name = name
    happen('renamed', after(2), name)
  }
  if (answer) {
    const createdAt = after(answer.afterTickets)
    const { body, link = null } = answer
    rows.answers.push({ organizationId, cause, version: 1, body, link, staffId, createdAt })
    happen('answered', createdAt, '1')
    for (const ticket of tickets.filter((ticket) => ticket.createdAt > createdAt)) {
      ticket.answerVersion = 1
      const { id: ticketId, createdAt: at } = ticket
      rows.events.push({
        organizationId,
        ticketId,
        id: idAfter(at),
        action: 'answered',
        newValue: '1',
        createdAt: at,
      })
    }
  }
  if (fixedAfterTickets) {
    const fixedAt = after(fixedAfterTickets)
    happen('fixed', fixedAt, null)
    const again = tickets.find(({ raisedAt }) => raisedAt > fixedAt)
    if (!again) made.fixedAt = fixedAt
    else {
      made.reopenedAt = again.createdAt
      happen('reopened', again.createdAt, String(again.number), null)
      const { id: ticketId, createdAt } = again
      rows.events.push({
        organizationId,
        ticketId,
        id: idAfter(createdAt),
        action: 'reopened_cause',
        createdAt,
      })
    }
  }
}
