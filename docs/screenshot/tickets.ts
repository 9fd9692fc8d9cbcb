import type { CapturedCall, TicketInput } from '#sdk/contract.ts'

export const issuer = 'https://login.northwind.example'

/** A believable ticket, the oldest first: where it was raised, how long ago, how far it got. */
export type Story = {
  server: 'docuapi' | 'billing' | 'calendar'
  minutesAgo: number
  status?: 'in_progress' | 'closed'
  ticket: TicketInput
}

const signedIn = (name: string, subject: string) => ({
  reporter: { issuer, subject, name, email: `${subject}@${subject.split('.').at(-1)}.example` },
})
const client = { name: 'Claude Desktop', version: '1.4.2' }
const editor = { name: 'Visual Studio Code', version: '1.121.0' }

type Step = string | [tool: string, error: string, given: Record<string, unknown>]

/** Calls up to the ticket, half a minute or so apart; a step with an error is one that failed. */
function after(minutesAgo: number, from: typeof client, ...steps: Step[]) {
  const calls = steps.map((step, index): CapturedCall => {
    const secondsBefore = (steps.length - index) * 27
    const at = new Date(Date.now() - minutesAgo * 60_000 - secondsBefore * 1_000).toISOString()
    const durationMs = 180 + ((index * 137) % 400)
    if (typeof step === 'string') return { tool: step, at, durationMs, outcome: 'ok' }
    const [tool, error, given] = step
    return { tool, at, durationMs, outcome: 'error', error, arguments: given }
  })
  return { calls, client: from, transport: 'http' as const, protocolVersion: '2025-11-25' }
}

const forbidden = '403 Forbidden from GET /api/search: the token lacks the scope search:read'

/** The fault of the newest ticket, as others met it before. */
const before = (minutesAgo: number, email: string, title: string, from = client): Story => ({
  server: 'docuapi',
  minutesAgo,
  ticket: {
    title,
    description: 'Every search is refused with 403 since the connector was updated.',
    category: 'Bug',
    email,
    context: after(minutesAgo, from, 'list_spaces', ['search_docs', forbidden, { limit: 10 }]),
  },
})

export const stories: Story[] = [
  before(3_020, 'noor@halden.example', 'Search is refused', editor),
  {
    server: 'docuapi',
    minutesAgo: 1_980,
    status: 'closed',
    ticket: {
      title: 'How do I disconnect one workspace and keep the other?',
      description: 'I have a private workspace connected and want only the one of my company.',
      category: 'Question',
      email: 'kim@northfold.example',
      context: after(1_980, client, 'list_spaces'),
    },
  },
  {
    server: 'docuapi',
    minutesAgo: 1_530,
    ticket: {
      title: 'Rate limited after about 20 calls in a row',
      description: 'I was summarising a folder and it stopped in the middle.',
      category: 'Bug',
      email: 'omar@said.example',
      context: after(
        1_530,
        client,
        'list_spaces',
        'search_docs',
        'read_page',
        'read_page',
        'read_page',
        ['read_page', '429 Too Many Requests: retry after 60 s', { page: 'handbook/leave' }],
        ['read_page', '429 Too Many Requests: retry after 60 s', { page: 'handbook/travel' }],
      ),
    },
  },
  before(1_120, 'tom@brightwater.example', 'Search asks for a scope that I can’t give'),
  {
    server: 'calendar',
    minutesAgo: 555,
    status: 'in_progress',
    ticket: {
      title: 'Meeting summary uses the wrong time zone',
      description: 'It says 15:00, the meeting was at 17:00 here.',
      category: 'Bug',
      email: 'hello@tidal.example',
      context: after(555, client, 'list_events', 'summarize_event'),
    },
  },
  {
    server: 'docuapi',
    minutesAgo: 431,
    ticket: {
      title: 'Search results miss pages updated this week',
      description: 'The release notes from Tuesday do not show up in any search.',
      category: 'Bug',
      email: 'ines@rocha.example',
      context: after(431, editor, 'search_docs', 'search_docs', 'list_spaces', 'search_docs'),
    },
  },
  {
    server: 'billing',
    minutesAgo: 304,
    ticket: {
      title: 'Refund tool says the charge does not exist',
      description: 'The charge is visible in the billing portal, but the tool can not find it.',
      category: 'Bug',
      ...signedIn('Paola Vero', 'paola.pavo'),
      context: after(304, client, 'list_charges', 'get_charge', [
        'refund_charge',
        '404 Not Found: no charge ch_81244 in this account',
        { charge: 'ch_81244', amount: 4_900, currency: 'EUR' },
      ]),
    },
  },
  before(236, 'aiko@sakura.example', 'No search results any more, only 403', editor),
  {
    server: 'docuapi',
    minutesAgo: 187,
    status: 'in_progress',
    ticket: {
      title: 'Attachment upload returns an empty result',
      description: 'The file is a 2 MB PNG. The call succeeds, but the answer has no link in it.',
      category: 'Bug',
      email: 'rob@oakline.example',
      context: after(187, editor, 'read_page', 'upload_file', 'upload_file'),
    },
  },
  {
    server: 'docuapi',
    minutesAgo: 121,
    ticket: {
      title: 'Please let the search look inside attachments',
      description: 'Half of our handbook is PDF files. A search that skips them finds little.',
      category: 'Feature request',
      email: 'lena@fuchs.example',
      context: after(121, client, 'search_docs', 'search_docs'),
    },
  },
  {
    server: 'calendar',
    minutesAgo: 74,
    ticket: {
      title: 'Sign-in loops back to the consent page',
      description: 'After I press Allow it asks me again, and again.',
      category: 'Bug',
      email: 'sam@lumen.example',
      context: after(
        74,
        editor,
        ['list_events', '401 Unauthorized: invalid_grant', { from: '2026-03-02' }],
        ['list_events', '401 Unauthorized: invalid_grant', { from: '2026-03-02' }],
      ),
    },
  },
  {
    server: 'docuapi',
    minutesAgo: 48,
    status: 'in_progress',
    ticket: {
      title: 'PDF export times out on large workspaces',
      description: 'The export stops after about half a minute, and nothing is saved.',
      category: 'Bug',
      email: 'ops@kestrel.example',
      context: after(
        48,
        client,
        'list_spaces',
        'read_page',
        ['export_page', 'timeout after 30 s', { page: 'runbooks', format: 'pdf' }],
        'read_page',
        ['export_page', 'timeout after 30 s', { page: 'runbooks/on-call', format: 'pdf' }],
      ),
    },
  },
  before(33, 'ben@larchwood.example', 'search_docs: 403 Forbidden'),
  {
    server: 'docuapi',
    minutesAgo: 26,
    ticket: {
      title: 'Is there a tool to restore a page I deleted yesterday?',
      description: 'The page was called Q3 planning and I removed it by accident.',
      category: 'Question',
      email: 'dev@patel.example',
      context: after(26, client, 'search_docs', 'list_spaces', 'search_docs', 'read_page'),
    },
  },
  {
    server: 'billing',
    minutesAgo: 11,
    ticket: {
      title: 'Invoice creation rejected: currency must be ISO 4217',
      description: 'I asked for an invoice in euros and it was refused twice.',
      category: 'Bug',
      ...signedIn('Julie Moreau', 'julie.atelier'),
      context: after(
        11,
        client,
        'list_customers',
        ['create_invoice', '-32602 Invalid params: currency must be ISO 4217', { currency: '€' }],
        [
          'create_invoice',
          '-32602 Invalid params: currency must be ISO 4217',
          { currency: 'Euro', customer: 'cus_2207', lines: [{ text: 'Workshop', amount: 1_200 }] },
        ],
      ),
    },
  },
  {
    server: 'docuapi',
    minutesAgo: 4,
    ticket: {
      title: 'search_docs keeps returning 403 after I reconnected',
      description:
        'Listing spaces works, but every search comes back as 403, also after I disconnected the server and connected it again.\n\nIt worked on Friday. I have not changed anything, and a colleague in the same space sees the same.',
      category: 'Bug',
      email: 'ana.lindqvist@fjord.example',
      context: after(
        4,
        client,
        'list_spaces',
        'read_page',
        ['search_docs', forbidden, { query: 'expense policy', space: 'people-ops', limit: 10 }],
        'list_spaces',
        [
          'search_docs',
          forbidden,
          { query: 'expense policy', limit: 10, api_key: 'dk_live_8Jq2mZx71bTfWc0Rv3Ln' },
        ],
      ),
    },
  },
]
