import { dayText } from '#src/lib/day.ts'
import { inOrder } from '#src/lib/text.ts'
import type { NamedCause } from '#src/tickets/causes.ts'
import type { Tab } from '#src/tickets/filter.ts'
import type { Moment, Others } from '#src/tickets/others.ts'
import type {
  ChangeDone,
  Count,
  Priority,
  Reporter,
  Status,
  TicketDetail,
} from '#src/tickets/ticket.ts'

/** The words that several of these views use. */

export const statusNames: Record<Status, string> = {
  open: 'Open',
  in_progress: 'In progress',
  closed: 'Closed',
  spam: 'Spam',
}
export const priorityNames: Record<Priority, string> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
}
export const tabNames: Record<Tab, string> = { active: 'Active', ...statusNames }

const proofs: Record<Reporter['proof'], string> = {
  signed_in: 'Signed in',
  vouched: 'Vouched for by the server',
  email: 'E-mail given, unverified',
  erased: 'Erased',
}

/** How sure the desk is of who it was. */
export const proven = ({ proof, email }: Reporter): string =>
  proof === 'email' && !email ? 'Not given' : proofs[proof]

/** The same beside a name in a line. */
export const proofNames: Record<Reporter['proof'], string> = {
  signed_in: 'signed in',
  vouched: 'vouched for',
  email: 'unverified',
  erased: 'reporter erased',
}

const line = (text: string | null): string => inOrder(text ?? '')

/** Who it was: the name and the e-mail where they are known, else what is; nothing once erased. */
export function reporterNames({ proof, name, email, subject }: Reporter): string[] {
  if (proof === 'erased') return []
  const known = [line(name), line(email)].filter(Boolean)
  return known.length > 0 ? known : [line(subject) || 'Anonymous']
}

export const reporterName = (reporter: Reporter): string => reporterNames(reporter)[0] ?? ''

/** Whether there is a person to erase from tickets. */
export const isErasable = ({ proof, email, subject }: Reporter): boolean =>
  proof === 'email' ? Boolean(email) : Boolean(subject)

export const titleOf = ({ title }: { title: string }): string => line(title) || 'No title'

/** How the description begins, in one line. */
export const beginningOf = ({ beginning }: { beginning: string }): string =>
  line(beginning.replace(/\s+/g, ' '))

/** A cause by its name, and by its number where that has nothing to read. */
export const causeName = ({ number, name }: NamedCause): string => line(name) || `#${number}`

/** "6 others since 08:50", or since a day that is not today. */
export const othersText = ({ count, since }: Others): string =>
  `${othersCountText({ count })} since ${momentText(since)}`

export const othersCountText = ({ count }: Pick<Others, 'count'>): string =>
  `${countText(count)} ${count.n === 1 && !count.more ? 'other' : 'others'}`

/** "08:50" of today, "21 Nov, 08:50" of this year, else "21 Nov 2025". */
export function momentText(at: Moment | null): string {
  if (!at || at.isToday) return at?.time ?? ''
  const day = dayText(at.day)
  return at.isThisYear ? `${day.slice(0, -5)}, ${at.time}` : day
}

export const countText = ({ n, more }: Count): string =>
  `${n.toLocaleString('en-US')}${more ? '+' : ''}`

export const ticketsText = (tickets: Count): string =>
  `${countText(tickets)} ${tickets.n === 1 && !tickets.more ? 'ticket' : 'tickets'}`

/** What somebody else did to a ticket while a form for it was open. */
export function conflictText(
  { events, status, priority }: Pick<TicketDetail, 'events' | 'status' | 'priority'>,
  field: 'status' | 'priority',
): string {
  const last = events.findLast(
    ({ action }) => action === `${field}_changed` || (field === 'status' && action === 'merged'),
  )
  const value = field === 'status' ? statusNames[status] : priorityNames[priority]
  return `${last?.staffName ?? 'Somebody'} changed the ${field} to ${value.toLowerCase()} meanwhile. Nothing was changed now: choose again.`
}

/** What was just changed: "#12 is closed", "50 tickets: priority high". */
export function changeText(change: Omit<ChangeDone, 'id'>): string {
  const { action, newValue, number, tickets, isUndone } = change
  const what = tickets.n === 1 ? `#${number}` : ticketsText(tickets)
  const are = tickets.n === 1 ? 'is' : 'are'
  if (isUndone) return `${what}: undone`
  if (action === 'reporter_blocked') return `The reporter of ${what} is blocked at the server`
  if (action === 'reporter_unblocked') return `The reporter of ${what} is not blocked any more`
  if (action === 'merged') return `${what} is merged into #${newValue}`
  if (action === 'priority_changed') return `${what} ${are} of ${valueName(newValue)} priority`
  return newValue === 'spam' ? `${what} ${are} in spam` : `${what} ${are} ${valueName(newValue)}`
}

/** What a change of many did not touch: "2 were changed by somebody else meanwhile …". */
export function leftText(left: number, isAll = false): string {
  const count = { n: left, more: false }
  const [were, asTheyAre] = left === 1 ? ['was', 'as it is'] : ['were', 'as they are']
  const what = isAll ? ticketsText(count) : countText(count)
  return `${what} ${were} changed by somebody else meanwhile and left ${asTheyAre}.`
}

const valueNames: Record<string, string> = { ...statusNames, ...priorityNames }
const valueName = (value: string | null): string =>
  (value && Object.hasOwn(valueNames, value) && valueNames[value]?.toLowerCase()) ||
  'something else'
