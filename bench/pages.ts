import { cpus, loadavg, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import { gzipSync } from 'bun'
import { readAnalytics } from '#src/analytics/queries.ts'
import { createApp } from '#src/app.ts'
import { parseConfig } from '#src/config.ts'
import { createStaff } from '#src/staff/creating.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { readInbox } from '#src/tickets/inbox.ts'
import { readPlace } from '#src/tickets/showing/place.ts'
import { readTicket } from '#src/tickets/showing/queries.ts'
import { plantTickets } from './analytics/planting.ts'
import { auditPages } from './pages/lighthouse.ts'

/**
 * `bun bench/pages.ts [--tickets 100000] [--runs 15] [--lighthouse]`: how long the desk takes to
 * answer a page of an organization with many tickets, and how much of that its database does; then
 * what Lighthouse says of the inbox and a ticket, as a phone sees them.
 */
const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '15' },
    lighthouse: { type: 'boolean', default: false },
  },
})
const tickets = Number(values.tickets)
const { database, scope } = await plantTickets(tickets)
await database.owner`
  create index support_ticket_terms on support_ticket using gin (public.ticket_terms(
    organization_id, number, status, title, description, user_name, user_email, failed_tool,
    failed_error)) with (fastupdate = on, gin_pending_list_limit = 64)`

const [email, password] = ['mira@northwind.example', 'correct horse battery staple']
const staff = { organizationId: scope.organizationId, name: 'Mira Okafor', email, password }
await createStaff(database, staff)
const parsed = parseConfig({ MCP_OBS_BASE_URL: 'http://localhost:3000' })
if (!parsed.ok) throw new Error(parsed.problems.join())
const desk = { config: parsed.config, database, log: () => {} }
const app = createApp(desk)
const at = 'http://localhost:3000'
const entered = await app.handle(
  new Request(`${at}/sign-in`, {
    method: 'POST',
    headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password }),
  }),
)
const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''

const inbox = (query: string) => ({
  path: `/northwind/tickets${query}`,
  read: () => readInbox(scope, parseFilter(new URLSearchParams(query))),
})
const number = tickets - 20
const pages: [name: string, page: { path: string; read: () => Promise<unknown> }][] = [
  ['inbox', inbox('')],
  ['closed', inbox('?status=closed')],
  ['of a server and a tool', inbox('?server=server-3&tool=tool-7&status=closed')],
  ['of an error', inbox('?status=closed&error=Error+7:+the+server+answered+403+forbidden')],
  ['search', inbox('?status=closed&q=handbook+search')],
  ['search of a rare word', inbox(`?q=${number}`)],
  [
    'ticket',
    {
      path: `/northwind/tickets/${number}`,
      read: async () => {
        await readTicket(scope, number)
        await readPlace(scope, { status: 'active' }, number)
      },
    },
  ],
  ['analytics, 30 days', { path: '/northwind/analytics', read: () => readAnalytics(scope, {}) }],
]

const median = async (work: () => Promise<unknown>) => {
  const took: number[] = []
  for (let run = 0; run < Number(values.runs); run++) {
    const started = performance.now()
    await work()
    took.push(performance.now() - started)
  }
  return took.sort((a, b) => a - b)[Math.floor(took.length / 2)]?.toFixed(1)
}

const load = loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${load}`)
console.log(`| page, ${tickets.toLocaleString('en-US')} tickets | whole | of it reading | gzip |`)
console.log('| --- | --- | --- | --- |')
for (const [name, { path, read }] of pages) {
  let size = 0
  const whole = await median(async () => {
    const request = new Request(at + path, { headers: { host: 'localhost:3000', cookie } })
    const answer = await app.handle(request)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    size = gzipSync(await answer.arrayBuffer()).length
  })
  console.log(
    `| ${name} | ${whole} ms | ${await median(read)} ms | ${(size / 1000).toFixed(1)} kB |`,
  )
}

if (values.lighthouse) {
  app.listen({ hostname: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${app.server?.port}`
  const own = parseConfig({ MCP_OBS_BASE_URL: origin })
  if (own.ok) desk.config = own.config
  console.log(
    await auditPages(origin, cookie, ['/northwind/tickets', `/northwind/tickets/${number}`]),
  )
  await app.stop(true)
}
await database.close()
process.exit()
