import { inOrder } from '#src/lib/text.ts'
import type { Tab } from '#src/tickets/filter.ts'
import type { Count, Reporter, Status } from '#src/tickets/ticket.ts'

/** The words that several of these views use. */

export const statusNames: Record<Status, string> = {
  open: 'Open',
  in_progress: 'In progress',
  closed: 'Closed',
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

export const countText = ({ n, more }: Count): string =>
  `${n.toLocaleString('en-US')}${more ? '+' : ''}`

export const ticketsText = (tickets: Count): string =>
  `${countText(tickets)} ${tickets.n === 1 && !tickets.more ? 'ticket' : 'tickets'}`
