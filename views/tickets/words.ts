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
  vouched: 'Signed in, vouched for by the server',
  email: 'E-mail given, unverified',
}

/** How sure the desk is of who it was. */
export const proven = ({ proof, email }: Reporter): string =>
  proof === 'email' && !email ? 'Not given' : proofs[proof]

/** One line of a stranger's text, without the controls that make it read in another order. */
const line = (text: string | null): string =>
  (text ?? '').replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim()

export const reporterName = ({ name, email, subject }: Reporter): string =>
  line(name) || line(email) || line(subject) || 'Anonymous'

/** How a reporter is named in a line: who is signed in is told from who only says so. */
export const reporterLine = (reporter: Reporter): string =>
  reporter.proof === 'email' ? reporterName(reporter) : `Signed in as ${reporterName(reporter)}`

export const titleOf = ({ title }: { title: string }): string => line(title) || 'No title'

export const countText = ({ n, more }: Count): string =>
  `${n.toLocaleString('en-US')}${more ? '+' : ''}`
