import type { TicketEvent } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Initials } from '#views/parts/initials.tsx'
import { statusNames } from './words.ts'

/** Who did what, newest first. */
export function History({ events, now }: { events: TicketEvent[]; now: Date }) {
  return (
    <section class="section" id="history" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <ol class="log">
        {events.toReversed().map((event) => (
          <li>
            {event.staffName ? (
              <Initials name={event.staffName} />
            ) : (
              <span class="badge" aria-hidden="true">
                <Icon name="arrived" />
              </span>
            )}
            <span>{sentence(event)}</span>
            <Ago at={event.createdAt} now={now} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function sentence({ action, oldValue, newValue, staffName }: TicketEvent) {
  if (action === 'filed')
    return staffName ? (
      `${staffName} filed this ticket`
    ) : (
      <>
        Filed through <code>get_support_tool</code>
      </>
    )
  const who = staffName ?? 'The desk'
  if (action === 'reporter_erased')
    return `${who} erased the reporter${newValue === 'words' ? ' and what they wrote' : ''}`
  if (newValue === 'closed') return `${who} closed this ticket`
  if (oldValue === 'closed')
    return `${who} reopened this ticket${newValue === 'open' ? '' : ', in progress'}`
  if (newValue === 'in_progress') return `${who} started work on this ticket`
  if (newValue === 'open') return `${who} set this ticket back to open`
  return `${who} changed the status to ${nameOf(newValue)}`
}

const nameOf = (value: string | null) =>
  statusNames[value as keyof typeof statusNames] ?? value ?? 'none'
