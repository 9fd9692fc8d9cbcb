import type { TicketDetail } from '#src/tickets/ticket.ts'
import { History } from './history.tsx'
import { StatusControl } from './status.tsx'

type TicketStateProps = {
  organization: { slug: string }
  ticket: Pick<TicketDetail, 'number' | 'status' | 'events'>
  now: Date
}

/** The answer to a change of status, for htmx: the control takes its place, the history its own. */
export function TicketState({ organization, ticket, now }: TicketStateProps) {
  return (
    <>
      <StatusControl organization={organization.slug} ticket={ticket} />
      <hx-partial hx-target="#history" hx-swap="outerMorph">
        <History events={ticket.events} now={now} />
      </hx-partial>
    </>
  )
}
