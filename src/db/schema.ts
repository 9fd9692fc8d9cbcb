import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { JWK } from 'jose'
import type { TicketContext } from '#sdk/contract.ts'
import { limits } from '#sdk/limits.ts'

/**
 * The one schema. Global tables are read before an organization is known, by id or by the hash of
 * a secret. Every other table is a tenant table: `organization_id` comes first in its keys, and
 * row-level security shows a session only the organization that `inScope` has set.
 *
 * What Drizzle cannot say (columns that indexes cover, storage) the migrations say by hand.
 */

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const organizationId = () =>
  uuid('organization_id')
    .notNull()
    .references((): AnyPgColumn => organization.id)
const ofScope = sql`organization_id = nullif(current_setting('app.organization', true), '')::uuid`
const scoped = () => pgPolicy('scoped', { using: ofScope, withCheck: ofScope })

export const authMode = pgEnum('auth_mode', ['none', 'platform', 'external'])
export const contextLevel = pgEnum('context_level', ['off', 'call', 'recent'])
export const ticketStatus = pgEnum('ticket_status', ['open', 'in_progress', 'closed', 'spam'])
export const ticketPriority = pgEnum('ticket_priority', ['low', 'normal', 'high'])
export const reporterProof = pgEnum('reporter_proof', ['email', 'vouched', 'signed_in', 'erased'])
export const staffRole = pgEnum('staff_role', ['owner', 'member'])
export const keyKind = pgEnum('key_kind', ['secret', 'publishable'])

// Global tables

export const organization = pgTable('organization', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  /** IANA name; days of the analytics and of filters begin at its midnight. */
  timeZone: text('time_zone').notNull().default('UTC'),
  /** Made by `demo`, and removed as a whole. */
  demo: boolean('demo').notNull().default(false),
  createdAt: instant('created_at').notNull(),
})

export const staff = pgTable('staff', {
  id: uuid('id').primaryKey(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** Argon2id, PHC string. */
  passwordHash: text('password_hash').notNull(),
  createdAt: instant('created_at').notNull(),
})

export const session = pgTable(
  'session',
  {
    /** SHA-256 of the cookie's value, hex. */
    id: text('id').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    /** The browser, as it names itself. */
    userAgent: text('user_agent').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('session_staff').on(t.staffId)],
)

export const membership = pgTable(
  'membership',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    role: staffRole('role').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.staffId, t.organizationId] }),
    index('membership_organization').on(t.organizationId),
  ],
)

/** A link that lets someone join an organization, once. */
export const invitation = pgTable(
  'invitation',
  {
    id: uuid('id').primaryKey(),
    tokenHash: bytes('token_hash').notNull().unique(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    role: staffRole('role').notNull(),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('invitation_organization').on(t.organizationId)],
)

/** Links printed before there is an account; all of them end with the first one. */
export const setupToken = pgTable('setup_token', {
  tokenHash: bytes('token_hash').primaryKey(),
  createdAt: instant('created_at').notNull(),
})

/** A link that lets someone choose a new password, once. */
export const passwordReset = pgTable(
  'password_reset',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('password_reset_staff').on(t.staffId)],
)

/** Where a server's address leads. Global, so that intake finds the organization from a slug. */
export const mcpServerSlug = pgTable('mcp_server_slug', {
  slug: text('slug').primaryKey(),
  organizationId: uuid('organization_id')
    .notNull()
    .references(() => organization.id),
  mcpServerId: uuid('mcp_server_id').notNull(),
})

/** Token buckets of attempts made before an organization is known, such as signing in. */
export const attemptBucket = pgTable('attempt_bucket', {
  key: text('key').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})

// Tenant tables

export const mcpServer = pgTable(
  'mcp_server',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    auth: authMode('auth').notNull(),
    issuer: text('issuer'),
    /** Whom tokens are for. Of the desk's own tokens any resource, where it is not set. */
    audience: text('audience'),
    /** Claims of the issuer's tokens that hold a person's e-mail and name. */
    emailClaim: text('email_claim').notNull().default('email'),
    nameClaim: text('name_claim').notNull().default('name'),
    enabled: boolean('enabled').notNull().default(true),
    supportToolEnabled: boolean('support_tool_enabled').notNull().default(false),
    supportToolTitle: text('support_tool_title').notNull(),
    supportToolDescription: text('support_tool_description').notNull(),
    supportToolCategories: text('support_tool_categories').array().notNull(),
    /** Whether end-users may ask how their own tickets stand. */
    checkToolEnabled: boolean('check_tool_enabled').notNull().default(false),
    contextLevel: contextLevel('context_level').notNull(),
    /** When an SDK last asked for the settings, and which. */
    sdkSeenAt: instant('sdk_seen_at'),
    sdkVersion: text('sdk_version'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    unique('mcp_server_slug_unique').on(t.organizationId, t.slug),
    check(
      'mcp_server_issuer',
      sql`case ${t.auth}
        when 'external' then ${t.issuer} is not null and ${t.audience} is not null
        when 'platform' then ${t.issuer} is null
        else ${t.issuer} is null and ${t.audience} is null end`,
    ),
    scoped(),
  ],
)

const ofServer = (t: { organizationId: AnyPgColumn; mcpServerId: AnyPgColumn }) =>
  foreignKey({
    name: 'of_server',
    columns: [t.organizationId, t.mcpServerId],
    foreignColumns: [mcpServer.organizationId, mcpServer.id],
  }).onDelete('cascade')

export const serverKey = pgTable(
  'server_key',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    kind: keyKind('kind').notNull(),
    /** SHA-256 of the whole key. */
    keyHash: bytes('key_hash').notNull(),
    /** Its last four characters, for people to tell keys apart. */
    ending: text('ending').notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    unique('server_key_hash').on(t.organizationId, t.mcpServerId, t.keyHash),
    ofServer(t),
    scoped(),
  ],
)

/** What a server's address refused lately: a row a reason, so that a flood can't grow it. */
export const refusedAttempt = pgTable(
  'refused_attempt',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** A problem code. */
    reason: text('reason').notNull(),
    times: integer('times').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.reason] }),
    ofServer(t),
    scoped(),
  ],
)

/** The last ticket number given out, one row an organization. */
export const organizationCounter = pgTable(
  'organization_counter',
  {
    organizationId: organizationId().primaryKey(),
    ticketNumber: integer('ticket_number').notNull(),
  },
  () => [scoped()],
)

/** What tickets of one server with one fingerprint have in common. */
export const cause = pgTable(
  'cause',
  {
    organizationId: organizationId(),
    /** That of the ticket that was its first. */
    number: integer('number').notNull(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** SHA-256 of the tool and the error without what differs from call to call. */
    fingerprint: bytes('fingerprint').notNull(),
    tool: text('tool').notNull(),
    /** The error without what differs, as people read it. */
    pattern: text('pattern').notNull(),
    /** What staff call it, or null. */
    name: text('name'),
    /** When staff marked it fixed, or null: a ticket raised later takes that back. */
    fixedAt: instant('fixed_at'),
    /** When a ticket took that back last, until it is marked fixed again. */
    reopenedAt: instant('reopened_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.number] }),
    unique('cause_fingerprint').on(t.organizationId, t.mcpServerId, t.fingerprint),
    ofServer(t),
    scoped(),
  ],
)

const ofCause = (t: { organizationId: AnyPgColumn; cause: AnyPgColumn }) =>
  foreignKey({
    name: 'of_cause',
    columns: [t.organizationId, t.cause],
    foreignColumns: [cause.organizationId, cause.number],
  })

/** What staff tell the next reporters of a cause: a row a version, the newest counts. */
export const causeAnswer = pgTable(
  'cause_answer',
  {
    organizationId: organizationId(),
    cause: integer('cause').notNull(),
    /** From 1. */
    version: integer('version').notNull(),
    /** Null where this version took the answer back. */
    body: text('body'),
    link: text('link'),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.cause, t.version] }),
    ofCause(t).onDelete('cascade'),
    scoped(),
  ],
)

type CauseAction = 'renamed' | 'answered' | 'fixed' | 'unfixed' | 'reopened'

/** What was done to a cause: append-only, also for the app's role. */
export const causeEvent = pgTable(
  'cause_event',
  {
    organizationId: organizationId(),
    cause: integer('cause').notNull(),
    /** UUIDv7, so that the key is also the order. */
    id: uuid('id').notNull(),
    action: text('action').$type<CauseAction>().notNull(),
    oldValue: text('old_value'),
    /** A name, the version of an answer, or the number of the ticket that reopened it. */
    newValue: text('new_value'),
    /** Null when no one of the staff did it. */
    staffId: uuid('staff_id').references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.cause, t.id] }),
    ofCause(t).onDelete('cascade'),
    scoped(),
  ],
)

export const supportTicket = pgTable(
  'support_ticket',
  {
    organizationId: organizationId(),
    /** UUIDv7. */
    id: uuid('id').notNull(),
    /** Dense within the organization, in order of arrival: lists and cursors follow it. */
    number: integer('number').notNull(),
    mcpServerId: uuid('mcp_server_id').notNull(),

    title: text('title').notNull(),
    description: text('description').notNull(),
    category: text('category').notNull(),

    reporterProof: reporterProof('reporter_proof').notNull(),
    /** Subject at the issuer. */
    mcpUserId: text('mcp_user_id'),
    mcpUserIssuer: text('mcp_user_issuer'),
    userName: text('user_name'),
    userEmail: text('user_email'),
    sessionId: text('session_id'),
    /** The MCP client as it names itself, with its version; and its name and version apart. */
    userAgent: text('user_agent'),
    clientName: text('client_name'),
    clientVersion: text('client_version'),
    serverVersion: text('server_version'),
    /** The beginning of a SHA-256 of who raised it, to count different people by. */
    reporterHash: bytes('reporter_hash'),

    /** The call the ticket is most likely about, so that a list need not read the context. */
    failedTool: text('failed_tool'),
    failedError: text('failed_error'),
    /** The session at a glance: a letter a call, oldest first, `x` failed, `o` did not. */
    trail: text('trail').notNull(),
    cause: integer('cause'),
    /** The version of its cause's answer that the reporter was given, or null. */
    answerVersion: integer('answer_version'),
    /** How often it was raised: once, and again by the same reporter shortly after. */
    occurrences: integer('occurrences').notNull().default(1),
    /** Number of the ticket it was merged into, or null. */
    mergedInto: integer('merged_into'),

    status: ticketStatus('status').notNull().default('open'),
    priority: ticketPriority('priority').notNull().default('normal'),

    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: bytes('request_hash').notNull(),

    raisedAt: instant('raised_at').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When somebody of the staff first opened it, or null: it is new to them all. */
    readAt: instant('read_at'),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by').references(() => staff.id),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    ofServer(t),
    ofCause(t),
    uniqueIndex('support_ticket_number').on(t.organizationId, t.number),
    index('support_ticket_live')
      .on(t.organizationId, t.number)
      .where(sql`${t.status} in ('open', 'in_progress')`),
    // Of spam: a migration can't name a value that it has only just added.
    index('support_ticket_spam')
      .on(t.organizationId, t.number)
      .where(sql`${t.status} not in ('open', 'in_progress', 'closed')`),
    index('support_ticket_created').on(t.organizationId, t.createdAt, t.number),
    index('support_ticket_tool')
      .on(t.organizationId, t.failedTool, t.number)
      .where(sql`${t.failedTool} is not null`),
    index('support_ticket_error')
      .on(t.organizationId, t.failedError, t.number)
      .where(sql`${t.failedError} is not null`),
    index('support_ticket_client')
      .on(t.organizationId, t.clientName, t.number)
      .where(sql`${t.clientName} is not null`),
    index('support_ticket_cause')
      .on(t.organizationId, t.cause, t.number)
      .where(sql`${t.cause} is not null`),
    index('support_ticket_answered')
      .on(t.organizationId, t.createdAt)
      .where(sql`${t.answerVersion} is not null`),
    index('support_ticket_session')
      .on(t.organizationId, t.mcpServerId, t.sessionId, t.number)
      .where(sql`${t.sessionId} is not null`),
    index('support_ticket_merged')
      .on(t.organizationId, t.mergedInto, t.number)
      .where(sql`${t.mergedInto} is not null`),
    index('support_ticket_server').on(t.organizationId, t.mcpServerId, t.number),
    index('support_ticket_email')
      .on(t.organizationId, t.userEmail, t.number)
      .where(sql`${t.userEmail} is not null`),
    index('support_ticket_reporter')
      .on(t.organizationId, t.mcpUserIssuer, t.mcpUserId, t.number)
      .where(sql`${t.mcpUserId} is not null`),
    uniqueIndex('support_ticket_idempotency').on(t.organizationId, t.mcpServerId, t.idempotencyKey),
    check(
      'support_ticket_bounds',
      sql.raw(
        `char_length(title) between 1 and ${limits.titleCharsMax}
         and char_length(description) <= ${limits.descriptionCharsMax}`,
      ),
    ),
    scoped(),
  ],
)

const ofTicket = (t: { organizationId: AnyPgColumn; ticketId: AnyPgColumn }) =>
  foreignKey({
    name: 'of_ticket',
    columns: [t.organizationId, t.ticketId],
    foreignColumns: [supportTicket.organizationId, supportTicket.id],
  }).onDelete('cascade')

/** The captured session, apart from the ticket because lists must never load it. */
export const ticketContext = pgTable(
  'ticket_context',
  {
    organizationId: organizationId(),
    ticketId: uuid('ticket_id').notNull(),
    contextData: jsonb('context_data').$type<TicketContext>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.ticketId] }), ofTicket(t), scoped()],
)

/** The same raised again, by the same reporter or from the same session: no ticket of its own. */
export const ticketOccurrence = pgTable(
  'ticket_occurrence',
  {
    organizationId: organizationId(),
    ticketId: uuid('ticket_id').notNull(),
    /** UUIDv7, so that the key is also the order. */
    id: uuid('id').notNull(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    title: text('title').notNull(),
    description: text('description').notNull(),
    contextData: jsonb('context_data').$type<TicketContext>(),
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: bytes('request_hash').notNull(),
    raisedAt: instant('raised_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.ticketId, t.id] }),
    unique('ticket_occurrence_idempotency').on(t.organizationId, t.mcpServerId, t.idempotencyKey),
    ofTicket(t),
    scoped(),
  ],
)

type TicketAction =
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

/** Every change of a ticket: append-only, also for the app's role. */
export const ticketEvent = pgTable(
  'ticket_event',
  {
    organizationId: organizationId(),
    ticketId: uuid('ticket_id').notNull(),
    /** UUIDv7, so that the key is also the order. */
    id: uuid('id').notNull(),
    action: text('action').$type<TicketAction>().notNull(),
    oldValue: text('old_value'),
    newValue: text('new_value'),
    /** Null when no one of the staff did it. */
    staffId: uuid('staff_id').references(() => staff.id),
    /** What was changed together, and is undone together. */
    changeId: uuid('change_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.ticketId, t.id] }),
    index('ticket_event_change')
      .on(t.organizationId, t.changeId, t.ticketId)
      .where(sql`${t.changeId} is not null`),
    ofTicket(t),
    scoped(),
  ],
)

/** What staff tell each other about a ticket. */
export const ticketNote = pgTable(
  'ticket_note',
  {
    organizationId: organizationId(),
    ticketId: uuid('ticket_id').notNull(),
    /** UUIDv7, so that the key is also the order. */
    id: uuid('id').notNull(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.ticketId, t.id] }), ofTicket(t), scoped()],
)

/** A reporter whose tickets at a server go to spam. */
export const blockedReporter = pgTable(
  'blocked_reporter',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** Name of their rate bucket: a digest of who they are. */
    reporter: text('reporter').notNull(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.reporter] }),
    ofServer(t),
    scoped(),
  ],
)

/** Token buckets of intake: per key, per reporter's e-mail. */
export const rateBucket = pgTable(
  'rate_bucket',
  {
    organizationId: organizationId(),
    key: text('key').notNull(),
    tokens: doublePrecision('tokens').notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.key] }), scoped()],
)

// End-users and what they let their clients do (OAuth 2.1): each row is of one server, and nothing
// at another.

/** Someone with an account at one server. */
export const endUser = pgTable(
  'end_user',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** UUIDv7; the subject of their tokens. */
    id: uuid('id').notNull(),
    /** Lower case. */
    email: text('email').notNull(),
    /** When they proved to read what is mailed there, or null. */
    emailVerifiedAt: instant('email_verified_at'),
    name: text('name').notNull(),
    /** Argon2id, PHC string; null where they sign in by mail only. */
    passwordHash: text('password_hash'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.id] }),
    unique('end_user_email').on(t.organizationId, t.mcpServerId, t.email),
    ofServer(t),
    scoped(),
  ],
)

const ofEndUser = (t: Record<'organizationId' | 'mcpServerId' | 'endUserId', AnyPgColumn>) =>
  foreignKey({
    name: 'of_end_user',
    columns: [t.organizationId, t.mcpServerId, t.endUserId],
    foreignColumns: [endUser.organizationId, endUser.mcpServerId, endUser.id],
  }).onDelete('cascade')

/** A browser in which an end-user is signed in at a server's address. */
export const endUserSession = pgTable(
  'end_user_session',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    id: uuid('id').notNull(),
    /** SHA-256 of the cookie's value. */
    tokenHash: bytes('token_hash').notNull(),
    endUserId: uuid('end_user_id').notNull(),
    /** The browser, as it names itself. */
    userAgent: text('user_agent').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.id] }),
    unique('end_user_session_token').on(t.organizationId, t.mcpServerId, t.tokenHash),
    index('end_user_session_of').on(t.organizationId, t.mcpServerId, t.endUserId),
    ofEndUser(t),
    scoped(),
  ],
)

/** A code that was mailed to prove an address: to sign in, or to sign up with what is kept here. */
export const mailedCode = pgTable(
  'mailed_code',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** SHA-256 of the token in the browser that asked for it. */
    tokenHash: bytes('token_hash').notNull(),
    /** SHA-256 of token and code, so that whoever reads this table can't try codes. */
    codeHash: bytes('code_hash').notNull(),
    email: text('email').notNull(),
    /** Of a new account. */
    name: text('name'),
    passwordHash: text('password_hash'),
    triesLeft: integer('tries_left').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.tokenHash] }),
    ofServer(t),
    scoped(),
  ],
)

/** A program that asks for tokens: registered by itself (RFC 7591), or described by a document. */
export const oauthClient = pgTable(
  'oauth_client',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** `client_id`: one of ours, or the address of its metadata document. */
    id: text('id').notNull(),
    name: text('name').notNull(),
    redirectUris: text('redirect_uris').array().notNull(),
    grantTypes: text('grant_types').array().notNull(),
    /** `token_endpoint_auth_method`. */
    authMethod: text('auth_method')
      .$type<'none' | 'client_secret_basic' | 'client_secret_post'>()
      .notNull(),
    /** SHA-256, of a confidential client. */
    secretHash: bytes('secret_hash'),
    /** How long its document need not be read again; null where it registered itself. */
    freshUntil: instant('fresh_until'),
    createdAt: instant('created_at').notNull(),
    /** When somebody last let it in, or null. */
    usedAt: instant('used_at'),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.mcpServerId, t.id] }), ofServer(t), scoped()],
)

const ofClient = (t: Record<'organizationId' | 'mcpServerId' | 'clientId', AnyPgColumn>) =>
  foreignKey({
    name: 'of_client',
    columns: [t.organizationId, t.mcpServerId, t.clientId],
    foreignColumns: [oauthClient.organizationId, oauthClient.mcpServerId, oauthClient.id],
  }).onDelete('cascade')

/** An authorization code (RFC 6749 4.1.2), kept a while after its use to notice a second one. */
export const authorizationCode = pgTable(
  'authorization_code',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    /** SHA-256 of the code. */
    codeHash: bytes('code_hash').notNull(),
    clientId: text('client_id').notNull(),
    endUserId: uuid('end_user_id').notNull(),
    /** Id of the grant it becomes. */
    grantId: uuid('grant_id').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    /** PKCE, S256 (RFC 7636). */
    codeChallenge: text('code_challenge').notNull(),
    scope: text('scope').notNull(),
    resource: text('resource').notNull(),
    expiresAt: instant('expires_at').notNull(),
    redeemedAt: instant('redeemed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.codeHash] }),
    ofEndUser(t),
    ofClient(t),
    scoped(),
  ],
)

/**
 * A client's sign-in for an end-user, `sid` in its access tokens. Its refresh tokens are one
 * family: each names it by a part they share, and only the newest is good.
 */
export const oauthGrant = pgTable(
  'oauth_grant',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    id: uuid('id').notNull(),
    clientId: text('client_id').notNull(),
    endUserId: uuid('end_user_id').notNull(),
    scope: text('scope').notNull(),
    resource: text('resource').notNull(),
    /** SHA-256 of what its refresh tokens share; null where the client gets none. */
    familyHash: bytes('family_hash'),
    /** SHA-256 of the newest refresh token. */
    refreshHash: bytes('refresh_hash'),
    rotatedAt: instant('rotated_at'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.id] }),
    unique('oauth_grant_family').on(t.organizationId, t.mcpServerId, t.familyHash),
    index('oauth_grant_end_user').on(t.organizationId, t.mcpServerId, t.endUserId),
    index('oauth_grant_client').on(t.organizationId, t.mcpServerId, t.clientId),
    ofEndUser(t),
    ofClient(t),
    scoped(),
  ],
)

/** A key pair that signs a server's tokens; numbered, so that two desks never make the same one. */
export const signingKey = pgTable(
  'signing_key',
  {
    organizationId: organizationId(),
    mcpServerId: uuid('mcp_server_id').notNull(),
    generation: integer('generation').notNull(),
    /** JWK of the public key (RFC 7517), with its `kid`. */
    publicKey: jsonb('public_key').$type<JWK>().notNull(),
    /** JWE (RFC 7516) of the private key, by the desk's secret key. */
    privateKey: text('private_key').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.mcpServerId, t.generation] }),
    ofServer(t),
    scoped(),
  ],
)
