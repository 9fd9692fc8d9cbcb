import type { AuthMode, TicketContext } from '#sdk/contract.ts'
import type { SharedCause } from './others.ts'

export const statuses = ['open', 'in_progress', 'closed', 'spam'] as const
export type Status = (typeof statuses)[number]
/** What a ticket's work goes through; spam is beside it. */
export const workStatuses = ['open', 'in_progress', 'closed'] as const
export const priorities = ['low', 'normal', 'high'] as const
export type Priority = (typeof priorities)[number]

/**
 * How a reporter's identity was proven: an e-mail they gave, the server's word, our own sign-in.
 * Of an erased reporter nothing is left.
 */
export type ReporterProof = 'email' | 'vouched' | 'signed_in' | 'erased'

export type Reporter = {
  proof: ReporterProof
  name: string | null
  email: string | null
  issuer: string | null
  subject: string | null
}

/** A line of the list. */
export type TicketRow = {
  number: number
  title: string
  /** How the description begins. */
  beginning: string
  status: Status
  priority: Priority
  category: string
  serverSlug: string
  reporter: Reporter
  failedTool: string | null
  failedError: string | null
  /** A letter a call, oldest first: `x` failed, `o` did not. */
  trail: string
  /** Number of its cause. */
  cause: number | null
  /** The version of the cause's answer that came with the receipt, or null. */
  answerVersion: number | null
  /** How often it was raised: once, and again by the same reporter shortly after. */
  occurrences: number
  /** Number of the ticket it was merged into, or null. */
  mergedInto: number | null
  createdAt: Date
  /** When somebody of the staff first opened it, or null. */
  readAt: Date | null
}

/** A page of the list, newest first. */
export type TicketPage = {
  rows: TicketRow[]
  /** Cursor of the next older page; null on the last one. */
  older: number | null
  /** Cursor of the next newer page; null on the first one. */
  newer: number | null
  /** The number the search got to before its bound, with more tickets beyond; else null. */
  searchedTo: number | null
}

/** A count that stops at a bound: `{ n: 1000, more: true }` reads "1,000+". */
export type Count = { n: number; more: boolean }
export type TicketCounts = Record<'active' | Status, Count>

/** The account at the server by which the desk knows a reporter, as it is now. */
export type Account = {
  /** The e-mail on the ticket is theirs, and they proved to read what is mailed there. */
  emailVerified: boolean
  /** Clients and browsers that are signed in. */
  signIns: number
}

/** The tickets a person raised before one of theirs; `active` of the counted ones are not closed. */
export type Earlier = { count: Count; active: number }

export type TicketEvent = {
  id: string
  action:
    | 'filed'
    | 'answered'
    | 'reopened_cause'
    | 'merged'
    | 'status_changed'
    | 'priority_changed'
    | 'noted'
    | 'reporter_blocked'
    | 'reporter_unblocked'
    | 'reporter_erased'
  /** Of a merging: the status it had; of its undoing, the number of the other ticket. */
  oldValue: string | null
  /**
   * Of an erasure: `words`, where it took what the reporter wrote along. Of an answer: its version.
   * Of a merging: the number of the ticket it is a part of now; null of its undoing.
   */
  newValue: string | null
  /** The change it is a part of, or takes back where it is the second one with its id. */
  changeId: string | null
  /** Null when no one of the staff did it. */
  staffName: string | null
  createdAt: Date
}

/** Where a ticket stands in a list, newest first. */
export type Place = {
  /** From 1; null where the ticket is not in the list. */
  position: Count | null
  total: Count
  /** Numbers of the tickets beside it. */
  newer: number | null
  older: number | null
}

export const noteCharsMax = 4_000

/** Something staff did just now, to one ticket or to many at once. */
export type ChangeDone = Pick<TicketEvent, 'action' | 'newValue'> & {
  id: string
  /** Of one of its tickets. */
  number: number
  tickets: Count
  /** Whether it has been taken back, as a whole or in part. */
  isUndone: boolean
}

/** What a ticket shares with others, and what its reporter was told of it. */
export type Similar = SharedCause & {
  tool: string
  /** Staff marked it fixed, and no ticket was raised since. */
  isFixed: boolean
  /** A ticket was raised after it had been marked fixed. */
  cameBack: boolean
  /** As it was when the ticket arrived; null where there was none. */
  answer: { body: string; link: string | null } | null
}

/** What its reporter wrote when they raised a ticket again, and the session until then. */
export type Occurrence = {
  title: string
  description: string
  context: TicketContext | null
  raisedAt: Date
}

/** Another ticket, by its name. */
export type Named = { number: number; title: string }

/** How a ticket stands to those it is one with, or may be one with. */
export type Merging = {
  /** What was merged into this one, oldest first; `more`: there are others beyond. */
  parts: { tickets: Named[]; more: boolean }
  /** What this one may be a part of. */
  suggested: Named[]
}

/** Everything the ticket's page shows. */
export type TicketDetail = TicketRow & {
  /** Null where no failed call tells what it is about. */
  similar: Similar | null
  /** Oldest first; of very many the first, and none of an erased reporter. */
  again: Occurrence[]
  merging: Merging
  description: string
  raisedAt: Date
  updatedAt: Date
  closedAt: Date | null
  sessionId: string | null
  userAgent: string | null
  server: { slug: string; name: string; auth: AuthMode }
  context: TicketContext | null
  /** Null where nobody has proven who raised it: an address that anyone can type tells of nobody. */
  earlier: Earlier | null
  /** Null where the desk did not sign the reporter in, or the account is deleted. */
  account: Account | null
  /** Whether what they send to this server next is filed as spam. */
  isBlocked: boolean
  /** Oldest first; of very many the newest. */
  events: TicketEvent[]
  /** What staff noted, by the id of the event that tells of it. */
  notes: Record<string, string>
}
