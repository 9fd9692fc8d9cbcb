import { afterAll, expect, test } from 'bun:test'
import { parseConfig } from '#src/config.ts'
import { openDatabase } from '#src/db/open.ts'
import { createOrganization } from '#src/organizations/creating.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'
import { createServer } from '#src/servers/creating.ts'
import { createStaff } from '#src/staff/creating.ts'
import { register } from '../../sdk/src/register.ts'
import { timing } from '../../sdk/src/timing.ts'
import { startExternal } from '../db/external.ts'
import { deskSettings, type RunningDesk, startDesk } from '../program.ts'
import { connectInMemory, docuApiServer, names } from '../sdk/hosts.ts'
import { embedded, externals } from './targets.ts'

/** Below what one key may file at once, times enough servers. */
const ticketsPerServer = 100
const serverCount = 20
const everyMs = 100
const killsMin = 20
const killsInFlightMin = 10

const quick = { ...timing, attemptMs: 5_000, backoffMs: 100, backoffMsMax: 1_000, restMs: 50 }
const email = 'mira@northwind.example'
const password = 'correct horse battery'

/** Tickets of this process that the desk has not answered. */
let inFlight = 0
const { fetch: plainFetch } = globalThis
const countedFetch = Object.assign(
  async (...args: Parameters<typeof fetch>) => {
    const counted = String(args[0]).includes('support.createTicket')
    if (counted) inFlight++
    try {
      return await plainFetch(...args)
    } finally {
      if (counted) inFlight--
    }
  },
  { preconnect: plainFetch.preconnect },
)

afterAll(() => {
  globalThis.fetch = plainFetch
})

for (const target of [embedded, ...externals(startExternal).slice(0, 1)])
  test(
    `a desk killed again and again loses no ticket and doubles none, on ${target.name}`,
    async () => {
      globalThis.fetch = countedFetch
      const settings = deskSettings(await target.environment())
      let desk = await startDesk(settings)
      const servers = await setUp(settings)
      const flow = raiseAll(servers)

      let kills = 0
      let killsInFlight = 0
      while (kills < killsMin || killsInFlight < killsInFlightMin) {
        await Bun.sleep(100 + Math.random() * 400)
        for (let tries = 0; tries < 500 && inFlight === 0; tries++) await Bun.sleep(1)
        if (inFlight > 0) killsInFlight++
        await desk.kill()
        kills++
        desk = await startDesk(settings)
      }
      const longestMs = await flow.delivered()

      console.log(
        `${kills} kills, ${killsInFlight} with a request in flight, slowest answer ${Math.round(longestMs)} ms`,
      )
      expect(longestMs).toBeLessThan(5_000)
      expect((await titlesAt(desk)).sort()).toEqual(flow.titles.sort())
      expect(await desk.stop()).toBe(0)
    },
    { timeout: 300_000 },
  )

type Server = { url: string; key: string }

/** Without the commands, of which each starts the program, and so many would take half a minute. */
async function setUp(settings: Record<string, string>): Promise<Server[]> {
  const parsed = parseConfig(settings)
  if (!parsed.ok) throw new Error(parsed.problems.join())
  const database = await openDatabase(parsed.config, 'command')
  await createOrganization(database, { name: 'Northwind', slug: 'northwind' })
  const organization = await organizationBySlug(database, 'northwind')
  if (!organization) throw new Error('no organization')
  const { id: organizationId, scope } = organization
  await createStaff(database, { organizationId, email, name: 'Mira', password })
  const servers: Server[] = []
  for (let index = 0; index < serverCount; index++) {
    const slug = `server-${index}`
    const given = { slug, name: 'S', auth: 'none', support: true, context: 'recent' } as const
    const made = await createServer(scope, given)
    if (!made.ok) throw new Error(made.problem)
    servers.push({ url: `${settings.MCP_OBS_BASE_URL}/s/${slug}`, key: made.key })
  }
  await database.close()
  return servers
}

/** A steady flow of tickets through the SDK, from an AI client on each server. */
function raiseAll(servers: Server[]) {
  const titles: string[] = []
  const longest: number[] = [0]
  const done = Promise.all(
    servers.map(async (options, index) => {
      const server = docuApiServer()
      const handle = register(server, options, quick)
      const client = await connectInMemory(server)
      while (!(await names(client)).includes('get_support_tool')) await Bun.sleep(100)
      for (let n = 0; n < ticketsPerServer; n++) {
        const title = `Ticket ${n} of server ${index}`
        titles.push(title)
        const started = performance.now()
        const result = await client.callTool({
          name: 'get_support_tool',
          arguments: { title, description: 'It fails.', email: `r${n}-${index}@fjord.example` },
        })
        longest.push(performance.now() - started)
        if (result.isError) throw new Error(JSON.stringify(result.content))
        await Bun.sleep(everyMs)
      }
      return handle
    }),
  )
  return {
    titles,
    delivered: async () => {
      await Promise.all((await done).map((handle) => handle.close(120_000)))
      return Math.max(...longest)
    },
  }
}

/** Every ticket's title, page by page, as the staff can read them. */
async function titlesAt({ origin }: RunningDesk): Promise<string[]> {
  const signedIn = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `${new URLSearchParams({ email, password })}`,
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const titles: string[] = []
  for (let before: number | undefined; ; ) {
    const input = JSON.stringify(before ? { before } : {})
    const url = `${origin}/northwind/trpc/support.getOrganizationTickets?${new URLSearchParams({ input })}`
    const { result } = (await (await fetch(url, { headers: { cookie } })).json()) as {
      result: { data: { rows: { title: string }[]; older: number | null } }
    }
    titles.push(...result.data.rows.map(({ title }) => title))
    if (!result.data.older) return titles
    before = result.data.older
  }
}
