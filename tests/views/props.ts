import type { TicketContext } from '#sdk/contract.ts'
import type { Offers } from '#src/tickets/offering.ts'
import type { TicketCounts, TicketDetail, TicketPage, TicketRow } from '#src/tickets/ticket.ts'

/** Believable props of the views. */

export const now = new Date('2026-11-22T09:14:05Z')
export const organization = { slug: 'northwind', name: 'Northwind' }
export const servers = [
  { slug: 'docuapi', name: 'Docs API', enabled: true },
  { slug: 'billing', name: 'Billing', enabled: false },
]

export const row: TicketRow = {
  number: 1042,
  title: 'search_docs keeps returning 403',
  beginning: 'Every search comes back as 403.\n\nI need it by noon.',
  status: 'open',
  priority: 'high',
  category: 'Bug',
  serverSlug: 'docuapi',
  reporter: {
    proof: 'vouched',
    name: 'Ana Lindqvist',
    email: 'ana@fjord.example',
    issuer: 'https://login.fjord.example',
    subject: 'usr_9',
  },
  failedTool: 'search_docs',
  failedError: '403 forbidden',
  trail: 'ooxox',
  cause: 7,
  answerVersion: 1,
  occurrences: 1,
  mergedInto: null,
  createdAt: new Date('2026-11-22T09:10:00Z'),
  readAt: null,
}

export const context: TicketContext = {
  calls: [
    { tool: 'list_spaces', at: '2026-11-22T09:08:12Z', durationMs: 12, outcome: 'ok' },
    {
      tool: 'search_docs',
      at: '2026-11-22T09:09:08Z',
      durationMs: 41,
      outcome: 'error',
      arguments: { query: 'checklist', token: '[redacted]' },
      error: '403 forbidden',
    },
    { tool: 'export_page', at: '2026-11-22T09:09:57Z', outcome: 'pending' },
  ],
  client: { name: 'Claude Desktop', version: '1.4.2' },
  server: { name: 'docuapi', version: '2.8.1' },
  protocolVersion: '2025-11-25',
  transport: 'http',
  sessionId: 's_9f2c',
  sdkVersion: '0.1.0',
}

export const ticket: TicketDetail = {
  ...row,
  description: 'Every search comes back as 403.\n\nI need it by noon.',
  raisedAt: new Date('2026-11-22T09:10:00Z'),
  updatedAt: new Date('2026-11-22T09:10:00Z'),
  closedAt: null,
  sessionId: 's_9f2c',
  userAgent: 'node',
  server: { slug: 'docuapi', name: 'Docs API', auth: 'external' },
  context,
  again: [],
  merging: {
    parts: { tickets: [], more: false },
    suggested: [{ number: 1040, title: 'No search results' }],
  },
  earlier: { count: { n: 3, more: false }, active: 0 },
  isBlocked: false,
  notes: {},
  account: null,
  similar: {
    number: 7,
    name: 'Search is refused: 403 …',
    tool: 'search_docs',
    others: {
      count: { n: 6, more: false },
      active: 2,
      since: { day: '2026-11-22', time: '08:50', isToday: true, isThisYear: true },
    },
    isFixed: false,
    cameBack: true,
    answer: { body: 'Sign in again.', link: 'https://docs.example.com/403' },
  },
  events: [
    {
      id: '1',
      action: 'filed',
      oldValue: null,
      newValue: null,
      changeId: null,
      staffName: null,
      createdAt: new Date('2026-11-22T09:10:00Z'),
    },
    {
      id: '2',
      action: 'status_changed',
      oldValue: 'open',
      newValue: 'closed',
      changeId: '0193a5f0-0000-7000-8000-000000000001',
      staffName: 'Mira Okafor',
      createdAt: new Date('2026-11-22T09:13:00Z'),
    },
  ],
}

export const counts: TicketCounts = {
  active: { n: 51, more: false },
  open: { n: 42, more: false },
  in_progress: { n: 9, more: false },
  closed: { n: 1000, more: true },
  spam: { n: 2, more: false },
}
export const noCounts: TicketCounts = {
  active: { n: 0, more: false },
  open: { n: 0, more: false },
  in_progress: { n: 0, more: false },
  closed: { n: 0, more: false },
  spam: { n: 0, more: false },
}
export const page: TicketPage = { rows: [row], older: null, newer: null, searchedTo: null }
export const noRows: TicketPage = { ...page, rows: [] }

export const today = '2026-11-22'

/** What a ticket's page is given beside the ticket. */
export const shown = {
  organization,
  reference: 'DOCUAPI-1042',
  filter: { status: 'active' as const },
  place: {
    position: { n: 4, more: false },
    total: { n: 51, more: false },
    newer: 1043,
    older: 1040,
  },
  address: 'https://support.example.com/northwind/tickets/1042',
  now,
}
export const offers: Offers = {
  tool: ['search_docs', 'list_spaces'],
  error: ['403 forbidden'],
  client: ['Claude Code'],
  category: ['Bug', 'Question'],
  causes: [{ number: 7, name: 'Search is refused: 403 …' }],
}
