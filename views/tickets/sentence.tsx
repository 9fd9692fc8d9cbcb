import type { TicketEvent } from '#src/tickets/ticket.ts'
import { priorityNames, statusNames } from './words.ts'

type Told = Pick<TicketEvent, 'action' | 'oldValue' | 'newValue' | 'staffName'>

/** What happened, with who did it. */
export function sentence(event: Told, isUndo = false) {
  const { action, newValue, staffName } = event
  if (action === 'filed')
    return staffName ? (
      `${staffName} filed this ticket`
    ) : (
      <>
        Filed through <code>get_support_tool</code>
      </>
    )
  const who = staffName ?? 'The desk'
  if (action === 'answered') return 'The reporter was given the answer to this cause at once'
  if (action === 'reopened_cause') return 'This ticket reopened its cause, which had been fixed'
  if (isUndo) return `${who} undid that${resultOf(event)}`
  switch (action) {
    case 'noted':
      return `${who} noted`
    case 'priority_changed':
      return `${who} set the priority to ${nameOf(newValue, priorityNames)}`
    case 'reporter_blocked':
      return `${who} blocked this reporter at the server`
    case 'reporter_unblocked':
      return `${who} unblocked this reporter at the server`
    case 'merged':
      return `${who} merged this ticket into #${newValue}`
    case 'reporter_erased':
      return `${who} erased the reporter${newValue === 'words' ? ' and what they wrote' : ''}`
    default:
      return `${who} ${statusDone(event)}`
  }
}

/** What a change of status did: "closed this ticket". */
function statusDone({ oldValue, newValue }: Pick<Told, 'oldValue' | 'newValue'>): string {
  if (newValue === 'closed') return 'closed this ticket'
  if (newValue === 'spam') return 'marked this ticket as spam'
  if (oldValue === 'spam')
    return `took this ticket out of spam${newValue === 'open' ? '' : ', in progress'}`
  if (oldValue === 'closed')
    return `reopened this ticket${newValue === 'open' ? '' : ', in progress'}`
  if (newValue === 'in_progress') return 'started work on this ticket'
  if (newValue === 'open') return 'set this ticket back to open'
  return `changed the status to ${nameOf(newValue, statusNames)}`
}

function resultOf({ action, newValue }: Told): string {
  if (action === 'status_changed') return `: ${nameOf(newValue, statusNames)} again`
  if (action === 'priority_changed') return `: ${nameOf(newValue, priorityNames)} priority again`
  if (action === 'merged') return ': a ticket of its own again'
  return action === 'reporter_blocked' ? ': reporter blocked again' : ': reporter unblocked'
}

/** The name of a value, or what stands there: history outlives words. */
const nameOf = (value: string | null, names: Record<string, string>): string =>
  (value && Object.hasOwn(names, value) ? names[value]?.toLowerCase() : value) ?? 'none'
