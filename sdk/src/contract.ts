/**
 * What travels between a company's MCP server and the desk. The desk imports these types, so both
 * ends change together. Times are RFC 3339 strings in UTC; durations are milliseconds.
 */

/** How a server knows its end-users: not at all, by the company's own issuer, or by the desk. */
export type AuthMode = 'none' | 'platform' | 'external'

/** How much of the session goes with a ticket: nothing, the call it is about, or the last ten. */
export type ContextLevel = 'off' | 'call' | 'recent'

/** Answer of the tRPC query `support.settings`: what the desk's staff chose for this server. */
export type SupportSettings = {
  enabled: boolean
  /** Title of the tool, as people see it in their client. */
  title: string
  /** The company's own words; the SDK puts its guidance for models around them. */
  description: string
  categories: string[]
  auth: AuthMode
  context: ContextLevel
  /** Name of the server as its company calls it. */
  serverName: string
  claims: PersonClaims
  /**
   * Whether a second tool tells end-users what became of their tickets. Desks of older versions do
   * not say, which means no.
   */
  check: boolean
}

/** Claims of a verified token that hold a person's e-mail and name, as their issuer calls them. */
export type PersonClaims = { email: string; name: string }

/**
 * Who raised a ticket, as verified by the MCP server itself. Identity is issuer and subject
 * (OpenID Connect Core 5.7), never the e-mail.
 */
export type Reporter = {
  issuer: string
  subject: string
  email?: string
  name?: string
  /**
   * The sign-in that their token belongs to (OpenID Connect Front-Channel Logout 3). Required where
   * the desk is the issuer, which then knows e-mail and name itself; else not looked at.
   */
  sid?: string
}

/** One `tools/call` before the ticket. Arguments are kept for failed calls only. */
export type CapturedCall = {
  tool: string
  at: string
  durationMs?: number
  /** `pending`: the call had not been answered when the ticket was raised. */
  outcome: 'ok' | 'error' | 'pending'
  arguments?: unknown
  /** Text of the error, whichever way the call failed. */
  error?: string
}

/** `other`: in memory, one of the company's own, or stdio in a bundle whose names are minified. */
export type TransportKind = 'stdio' | 'http' | 'other'

/** The session a ticket came from, redacted before it left the server's process. */
export type TicketContext = {
  calls: CapturedCall[]
  client?: { name: string; version?: string }
  server?: { name: string; version?: string }
  protocolVersion?: string
  transport?: TransportKind
  sessionId?: string
  sdkVersion?: string
}

/** Input of `support.createTicket` and body of `POST /api/support`. */
export type TicketInput = {
  title: string
  description: string
  category?: string
  /** Given by the end-user, unverified. Required when the server's auth is `none`. */
  email?: string
  reporter?: Reporter
  context?: TicketContext
  /** When the end-user raised it; earlier than its arrival when it waited in a queue. */
  raisedAt?: string
}

/** What the reporter gets back. */
export type Receipt = {
  /** Name of the ticket between people, such as `DOCUAPI-1042`. It opens nothing. */
  reference: string
  status: 'open' | 'in_progress' | 'closed'
  createdAt: string
  /**
   * What staff tell everybody with the same problem: a text of several lines, without characters
   * that nobody sees.
   */
  answer?: string
}

/**
 * Input of `support.checkTickets`: who asks, by the same rules as with a ticket. Where the server's
 * auth is `none`, that is the `sessionId` their tickets were sent with. Never an e-mail.
 */
export type CheckInput = {
  reporter?: Reporter
  sessionId?: string
  /** One ticket by its name; without it, the newest. */
  reference?: string
}

/** What became of a ticket, as its reporter may know it: `answer` is the one that counts now. */
export type CheckedTicket = Receipt & { title: string }

/** Answer of `support.checkTickets`: the asker's own tickets, newest first, at most five. */
export type CheckedTickets = { tickets: CheckedTicket[] }

/** Stable codes of refusals: `code` in problem details (RFC 9457), `data.code` over tRPC. */
export type ProblemCode =
  | 'key_invalid'
  | 'support_disabled'
  | 'identity_required'
  | 'identity_invalid'
  | 'input_invalid'
  | 'idempotency_conflict'
  | 'too_large'
  | 'too_many'
  | 'not_found'
  | 'cross_site'
  | 'sign_in_required'
  | 'bad_request'
  | 'unavailable'
  | 'internal'

/** Header that names one ticket across retries, on `POST /api/support` and over tRPC. */
export const idempotencyHeader = 'idempotency-key'
