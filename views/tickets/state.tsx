import type { TicketDetail } from '#src/tickets/ticket.ts'
import { History } from './history.tsx'
import { StatusControl } from './status.tsx'

type TicketStateProps = {
  organization: { slug: string }
  ticket: Pick<TicketDetail, 'number' | 'status' | 'events'>
  now: Date
  /** Path of the list with its filter. */
  back?: string
}

/** The answer to a change of status, for htmx: the control takes its place, the history its own. */
export function TicketState({ organization, ticket, now, back = '' }: TicketStateProps) {
  return (
    <>
      <StatusControl organization={organization.slug} ticket={ticket} back={back} />
      <hx-partial hx-target="#history" hx-swap="outerMorph">
        <History events={ticket.events} now={now} />
      </hx-partial>
    </>
  )
}
