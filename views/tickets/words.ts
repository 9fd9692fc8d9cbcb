import type { Tab } from '#src/tickets/filter.ts'
import type { Count, Reporter, Status } from '#src/tickets/ticket.ts'

/** The words that several of these views use. */

export const statusNames: Record<Status, string> = {
  open: 'Open',
  in_progress: 'In progress',
  closed: 'Closed',
}
export const tabNames: Record<Tab, string> = { active: 'Active', ...statusNames }

export const proofs: Record<Reporter['proof'], string> = {
  signed_in: 'Signed in',
  vouched: 'Signed in, vouched for by the server',
  email: 'E-mail given, unverified',
}

export const reporterName = ({ name, email, subject }: Reporter): string =>
  name?.trim() || email?.trim() || subject?.trim() || 'Anonymous'

/** How a reporter is named in a line: who is signed in is told from who only says so. */
export const reporterLine = (reporter: Reporter): string =>
  reporter.proof === 'email' ? reporterName(reporter) : `Signed in as ${reporterName(reporter)}`

export const titleOf = ({ title }: { title: string }): string => title.trim() || 'No title'

export const grouped = (n: number): string => n.toLocaleString('en-US')
export const countText = ({ n, more }: Count): string => `${grouped(n)}${more ? '+' : ''}`
