import type { Count, Reporter, Status } from '#src/tickets/ticket.ts'

/** What a cause is called, and where it happens. */
export type CauseName = {
  number: number
  /** What staff call it, or null. */
  name: string | null
  /** The error without what differs from call to call. */
  pattern: string
  tool: string
  serverSlug: string
}

/** A line of the list of causes. Spam counts nowhere. */
export type CauseRow = CauseName & {
  /** Tickets of the period. */
  n: number
  /** The same in stretches of the period, oldest first. */
  trend: number[]
  /** Different reporters of the period, by what the desk knows of them. */
  people: Count
  /** Tickets that are not closed, of any time. */
  active: Count
  firstSeen: Date
  /** Null where all its tickets are spam. */
  lastSeen: Date | null
  isFixed: boolean
  isAnswered: boolean
  /** A ticket reopened it after it had been marked fixed. */
  cameBack: boolean
}

export type CausePage = {
  rows: CauseRow[]
  /** Causes with a ticket in the period, by their state. */
  totals: { open: number; fixed: number; all: number }
  /** Whether the organization has any cause at all. */
  hasCause: boolean
  /** Where the bound cut the period: tickets that arrived before are not counted. */
  countedFrom: Date | null
}

export type CauseEvent = {
  id: string
  action: 'renamed' | 'answered' | 'fixed' | 'unfixed' | 'reopened'
  oldValue: string | null
  /**
   * The name it was given, the version of its answer, or the number of the ticket that reopened
   * it; null where a name or an answer was taken away.
   */
  newValue: string | null
  /** Null when no one of the staff did it. */
  staffName: string | null
  createdAt: Date
}

/** A version of the answer; `body` is null where it took the answer back. */
export type AnswerVersion = {
  version: number
  body: string | null
  link: string | null
  staffName: string
  createdAt: Date
}

/** A value that some of a cause's newest tickets have. */
export type Share = { value: string | null; version?: string | null; n: number; number: number }

/** What its newest tickets have in common. */
export type CauseSample = {
  /** Tickets that were looked at. */
  tickets: number
  clients: Share[]
  serverVersions: Share[]
  /** Different texts it failed with, each with a ticket that has it. */
  errors: Share[]
}

export type CauseTicket = {
  number: number
  title: string
  status: Status
  reporter: Reporter
  createdAt: Date
}

/** Everything the page of a cause shows. */
export type CauseDetail = CauseName & {
  serverName: string
  /** Tickets by their state, of the newest where `more`. */
  counts: Record<Exclude<Status, 'spam'>, number>
  tickets: Count
  people: Count
  firstSeen: Date
  lastSeen: Date | null
  fixedAt: Date | null
  reopenedAt: Date | null
  days: { day: string; open: number; inProgress: number; closed: number }[]
  sample: CauseSample
  newest: CauseTicket[]
  /** Newest first, of very many the newest; the first one counts. */
  answers: AnswerVersion[]
  /** Oldest first; of very many the newest. */
  events: CauseEvent[]
}

/** When it was fixed or came back last: a form sends along which of these was shown, or nothing. */
export const standsSince = ({
  fixedAt,
  reopenedAt,
}: Pick<CauseDetail, 'fixedAt' | 'reopenedAt'>): string =>
  (fixedAt ?? reopenedAt)?.toISOString() ?? ''

export const causeNameCharsMax = 120
export const answerLimits = { bodyCharsMax: 500, linkCharsMax: 300 } as const

/** An answer as it is typed, and what a model would be told. */
export type AnswerPreview = {
  text: string
  /** Characters of its body that can be seen. */
  chars: number
  /** A sentence a field, for those that are wrong. */
  problems: Record<string, string>
}
