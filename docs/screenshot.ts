import { parseArgs } from 'node:util'
import { connect } from '#src/db/connect.ts'
import { readUrl } from '#src/db/external.ts'
import { emptyDatabase } from '#tests/cluster.ts'
import { deskSettings, make, startDesk } from '#tests/program.ts'
import { documented, everything, shoot } from './screenshot/shooting.ts'
import { issuer, type Story, stories } from './screenshot/tickets.ts'

/**
 * Takes the pictures of the README and the manual, `bun run screenshot`: starts a desk on an empty
 * database, files tickets through its intake, signs in, and shoots. With `--all <directory>` it
 * shoots every page at every width, light and dark, into that.
 */
const email = 'mira@northwind.example'
const password = 'correct horse battery'
const { all } = parseArgs({ options: { all: { type: 'string' } } }).values
const images = new URL('images/', import.meta.url).pathname

const names = { docuapi: 'DocuAPI', billing: 'Billing', calendar: 'Calendar' }
const servers = new Map<string, Promise<{ url: string; key: string }>>()
const databaseUrl = await emptyDatabase()
const settings = deskSettings({ DATABASE_URL: databaseUrl })
const desk = await startDesk(settings)
try {
  const cookie = await setUp()
  for (const [index, story] of stories.entries()) await tell(story, index + 1, cookie)
  const at = { origin: desk.origin, cookie, organization: 'northwind' }
  const newest = stories.length
  await shoot(at, all ? everything(newest) : documented(newest), all ?? images)
} finally {
  await desk.stop()
}
process.exit()

/** Makes the organization with its servers, and signs its staff in. */
async function setUp(): Promise<string> {
  await make(['organization', 'create', '--name', 'Northwind'], settings)
  const staff = ['staff', 'create', '--organization', 'northwind', '--email', email]
  await make([...staff, '--name', 'Mira Okafor', '--password-stdin'], settings, password)
  const answer = await fetch(`${desk.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password }),
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Files a ticket, moves it on as staff do, and then back in time. */
async function tell({ server, minutesAgo, status, ticket }: Story, number: number, cookie: string) {
  const { url, key } = await serverOf(server)
  await post(`${url}/api/support`, { authorization: `Bearer ${key}` }, ticket)
  if (status)
    await post(
      `${desk.origin}/northwind/trpc/support.updateTicketStatus`,
      { cookie, 'sec-fetch-site': 'same-origin' },
      { number, status },
    )
  const sql = connect(readUrl(databaseUrl).login)
  const ago = `${minutesAgo} minutes`
  await sql`set role none`
  await sql`
    update support_ticket set created_at = now() - ${ago}::interval,
      raised_at = now() - ${ago}::interval, updated_at = now() - ${ago}::interval / 2,
      read_at = case when ${minutesAgo}::int > 40 then now() end,
      closed_at = case when closed_at is not null then now() - ${ago}::interval / 2 end
    where number = ${number}`
  await sql`
    update ticket_event
    set created_at = now() - ${ago}::interval / case action when 'filed' then 1 else 2 end
    where ticket_id = (select id from support_ticket where number = ${number})`
  await sql.end()
}

function serverOf(slug: Story['server']) {
  const auth =
    slug === 'billing'
      ? [
          'external',
          '--issuer',
          issuer,
          '--audience',
          'https://billing.northwind.example/mcp',
          '--skip-discovery',
        ]
      : ['none']
  const args = [
    '--organization',
    'northwind',
    '--slug',
    slug,
    '--name',
    names[slug],
    '--auth',
    ...auth,
  ]
  const made =
    servers.get(slug) ??
    make<{ url: string; key: string }>(
      ['server', 'create', ...args, '--support', '--context', 'recent'],
      settings,
    )
  servers.set(slug, made)
  return made
}

async function post(url: string, headers: Record<string, string>, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
}
