import { beforeAll, describe, expect, test } from 'bun:test'
import { type DeskDouble, openDesk } from '../desk.ts'
import { bun, converse, listen, node, type Runtime, run, stories } from './stories.ts'

const atOnce = 3
const withinMs = 120_000
const email = 'sam@company.com'
const client = { name: 'raise-a-ticket', version: '1.0.0' }
const failed = {
  tool: 'search_docs',
  outcome: 'error',
  arguments: { query: 'users' },
  error: '401 Unauthorized from GET /api/search: the API key has expired',
}
const server = { name: 'docuapi', version: '2.3.1' }
const v1 = { protocolVersion: '2025-11-25', server }
const v2 = { protocolVersion: '2026-07-28', server, client }
/** A v1 server without sessions is told a client’s name by no one but its HTTP library. */
const agent = { name: expect.stringMatching(/^(Bun|node)/) }
const reporter = { issuer: expect.stringMatching(/^http:/), subject: `user of ${email}`, email }

/** What each story is to tell the desk. Anonymous and stateless, nobody's calls can be known. */
const told: Record<string, { auth?: 'external'; context: object }> = {
  'v1-stdio': { context: { ...v1, transport: 'stdio', client, calls: [failed] } },
  'v1-http-sessions': { context: { ...v1, transport: 'http', client, calls: [failed] } },
  'v1-http-stateless': { context: { ...v1, transport: 'http', client: agent, calls: [] } },
  'v2-stdio': { context: { ...v2, transport: 'stdio', calls: [failed] } },
  'v2-handler': { context: { ...v2, transport: 'http', calls: [] } },
  'low-level': { context: { ...v1, transport: 'stdio', client, calls: [failed] } },
  express: {
    auth: 'external',
    context: { ...v1, transport: 'http', client: agent, calls: [failed] },
  },
  hono: { auth: 'external', context: { ...v2, transport: 'http', calls: [failed] } },
}
const over = (transport: string) =>
  stories.filter((story) => JSON.stringify(told[story]).includes(`"transport":"${transport}"`))

test('every folder is a story this test knows', () => {
  expect(stories.sort()).toEqual(Object.keys(told).sort())
})

const runtimes: [string, () => Runtime | Promise<Runtime>][] = [
  ['in the checkout, on Bun', () => bun],
  ['in a package of somebody’s, on Node.js', node],
]
for (const [place, runtime] of runtimes)
  describe(place, () => {
    let command: Runtime
    beforeAll(async () => {
      command = await runtime()
    }, withinMs)

    test.concurrent.each(stories)(
      '%s raises a ticket with the call that failed',
      (story) =>
        inTurn(async () => {
          const { auth = 'none', context } = told[story] ?? {}
          const desk = openDesk({ auth })
          const raise = [...command(story, 'client'), '--email', email]
          const { code, stdout, stderr } = await run(raise, at(desk))
          desk.close()

          expect({ code, stderr }).toMatchObject({ code: 0 })
          expect(stdout).toContain('"reference": "DOCUAPI-1"')
          expect(desk.received).toHaveLength(1)
          const ticket = desk.received[0]?.ticket
          expect(ticket?.context).toMatchObject(context ?? {})
          if (auth === 'none') expect(ticket?.email).toBe(email)
          else expect(ticket?.reporter).toEqual(reporter)
        }),
      withinMs,
    )

    test.concurrent.each(over('stdio'))(
      '%s writes nothing to stdout but the protocol, and ends when its client hangs up',
      (story) =>
        inTurn(async () => {
          const desk = openDesk()
          const { code, lines, stderr } = await converse(command(story, 'server'), at(desk))
          desk.close()
          const answers = lines.map((line) => JSON.parse(line))
          expect(answers.length).toBeGreaterThanOrEqual(4)
          for (const answer of answers) expect(answer).toHaveProperty('result')
          expect(JSON.stringify(answers.at(-1))).toContain('DOCUAPI-1')
          expect({ code, stderr }).toMatchObject({ code: 0 })
        }),
      withinMs,
    )
  })

test.concurrent.each(stories)(
  '%s ends with 1 and a reason where there is no support tool',
  (story) =>
    inTurn(async () => {
      const { code, stderr } = await run(bun(story, 'client'), none)
      expect(stderr).toEndWith('raise-a-ticket: there is no support tool\n')
      expect(code).toBe(1)
    }),
  withinMs,
)

test.concurrent.each(stories)(
  '%s sends what waits for the desk before it ends',
  (story) =>
    inTurn(async () => {
      const desk = openDesk({ auth: told[story]?.auth ?? 'none' })
      desk.between.push(new Response('', { status: 502 }))
      const { stdout, stderr } = await run(bun(story, 'client'), at(desk))
      desk.close()
      expect(stdout).toContain('"status": "queued"')
      expect(stderr).toEndWith('raise-a-ticket: no reference yet\n')
      expect(desk.received).toHaveLength(1)
    }),
  withinMs,
)

test.concurrent.each(over('http'))(
  '%s listens on this machine only, and answers to its own name and to those who have signed in',
  (story) =>
    inTurn(async () => {
      const issuer = 'https://id.docuapi.example'
      const { url, stop } = await listen(bun(story, 'server'), { ...none, ISSUER_URL: issuer })
      const list = (headers: Record<string, string>) =>
        fetch(url, {
          method: 'POST',
          headers: { ...headers, ...accepted },
          body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
        })
      expect(url).toStartWith('http://127.0.0.1:')
      expect((await list({ host: 'rebound.example' })).status).toBe(403)
      if (told[story]?.auth) {
        const response = await list({})
        expect(response.status).toBe(401)
        const documents = 'https://docuapi.example/.well-known/oauth-protected-resource/mcp'
        expect(response.headers.get('www-authenticate')).toContain(documents)
        const described = await fetch(new URL(new URL(documents).pathname, url))
        expect(await described.json()).toMatchObject({ authorization_servers: [issuer] })
      }
      expect(await stop()).toBe(0)
    }),
  withinMs,
)

const none = { MCP_OBS_URL: '', MCP_OBS_KEY: '' }
const accepted = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}
const at = (desk: DeskDouble) => ({ MCP_OBS_URL: desk.url, MCP_OBS_KEY: 'sk_test_examples' })

/** A few at a time: starting one takes a core. */
async function inTurn(act: () => Promise<void>) {
  while (running.size >= atOnce) await Promise.race(running)
  const turn = act()
  const over: Promise<unknown> = turn.catch(() => {}).finally(() => running.delete(over))
  running.add(over)
  return turn
}
const running = new Set<Promise<unknown>>()
