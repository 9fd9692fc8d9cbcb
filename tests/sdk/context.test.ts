import { afterAll, expect, test } from 'bun:test'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { captured, type SeenCall } from '../../sdk/src/call.ts'
import type { ContextLevel, SupportSettings } from '../../sdk/src/contract.ts'
import { deskAt } from '../../sdk/src/desk.ts'
import { keepFailure } from '../../sdk/src/failure.ts'
import { limits } from '../../sdk/src/limits.ts'
import { createRedactor } from '../../sdk/src/redact.ts'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick } from './desk.ts'
import {
  ask,
  connectHttp,
  connectInMemory,
  connectWithSupport,
  docuApiServer,
  serveHttp,
} from './hosts.ts'

const redactor = createRedactor()

const desks: ReturnType<typeof openDesk>[] = []
const deskWith = (settings: Partial<SupportSettings>) => {
  const desk = openDesk(settings)
  desks.push(desk)
  return desk
}
afterAll(() => Promise.all(desks.map((desk) => desk.close())))

const recent = deskWith({ context: 'recent' })
const signedIn = deskWith({ context: 'recent', auth: 'external' })

const broken = (client: Client, text: string) =>
  client.callTool({ name: 'broken', arguments: { text } })
const echo = (client: Client, text: string) =>
  client.callTool({ name: 'echo', arguments: { text } })

/** A host that makes a server for each request or session, all with one key. */
function hostAt(url: string, sessions: boolean) {
  const key = newKey()
  return serveHttp(
    () => {
      const server = docuApiServer()
      register(server, { url, key }, quick)
      return server
    },
    { sessions },
  )
}

/** Raises a ticket and returns the calls that went with it. */
async function ticketOf(desk: ReturnType<typeof openDesk>, client: Client, name: string) {
  await ask(client, { title: `Ticket of ${name}` })
  const raised = desk.received.findLast(({ ticket }) => ticket.title === `Ticket of ${name}`)
  return { ...raised?.ticket, text: JSON.stringify(raised?.ticket.context) }
}

test('two sessions never see each other', async () => {
  const host = hostAt(recent.url, true)
  const [alex, sam] = await Promise.all([connectHttp(host.url), connectHttp(host.url)])
  for (let turn = 0; turn < 3; turn++)
    await Promise.all([broken(alex, `alex ${turn}`), broken(sam, `sam ${turn}`)])
  const [ofAlex, ofSam] = await Promise.all([
    ticketOf(recent, alex, 'alex'),
    ticketOf(recent, sam, 'sam'),
  ])
  expect(ofAlex.context?.calls).toHaveLength(3)
  expect(ofAlex.text).not.toContain('sam')
  expect(ofSam.context?.calls).toHaveLength(3)
  expect(ofSam.text).not.toContain('alex')
  expect(ofAlex.context?.sessionId).not.toBe(ofSam.context?.sessionId)
  host.close()
})

test('verified users are told apart, and followed, where requests have no session', async () => {
  const host = hostAt(signedIn.url, false)
  const [alex, sam] = await Promise.all([
    connectHttp(host.url, 'alex'),
    connectHttp(host.url, 'sam'),
  ])
  await Promise.all([broken(alex, 'of alex'), broken(sam, 'of sam'), echo(alex, 'hello')])
  const ofAlex = await ticketOf(signedIn, alex, 'Alex')
  expect(ofAlex.reporter).toEqual({
    issuer: 'https://id.docuapi.example',
    subject: 'alex',
    email: 'alex@company.com',
  })
  expect(ofAlex.context?.calls.map((call) => call.tool).sort()).toEqual(['broken', 'echo'])
  expect(ofAlex.text).not.toContain('of sam')
  expect((await ticketOf(signedIn, sam, 'Sam')).text).not.toContain('of alex')
  host.close()
})

test('two verified users on one session id never mix', async () => {
  const host = hostAt(signedIn.url, true)
  const alex = await connectHttp(host.url, 'alex')
  const { sessionId } = alex.transport as { sessionId?: string }
  const sam = await connectHttp(host.url, 'sam', sessionId)
  await broken(alex, 'of alex')
  await broken(sam, 'of sam')
  const ofSam = await ticketOf(signedIn, sam, 'sam on the session of alex')
  expect(ofSam.reporter?.subject).toBe('sam')
  expect(ofSam.text).toContain('of sam')
  expect(ofSam.text).not.toContain('of alex')
  host.close()
})

test('anonymous requests without a session attach no calls at all', async () => {
  const host = hostAt(recent.url, false)
  const [alex, sam] = await Promise.all([connectHttp(host.url), connectHttp(host.url)])
  await broken(alex, 'of alex')
  await broken(sam, 'of sam')
  const ticket = await ticketOf(recent, sam, 'nobody')
  expect(ticket.context?.calls).toEqual([])
  expect(ticket.context).toMatchObject({ transport: 'http', server: { name: 'docuapi' } })
  host.close()
})

test('a verified token without a subject attaches no calls, not even by session', async () => {
  const host = hostAt(recent.url, true)
  const client = await connectHttp(host.url, 'nobody')
  await broken(client, 'whose?')
  expect((await ticketOf(recent, client, 'a token')).context?.calls).toEqual([])
  host.close()
})

test('each connection of one process is its own caller', async () => {
  const options = { url: recent.url, key: newKey() }
  const { client: alex } = await connectWithSupport(options)
  const { client: sam } = await connectWithSupport(options)
  await broken(alex, 'of alex')
  expect((await ticketOf(recent, sam, 'a neighbour')).context?.calls).toEqual([])
  expect((await ticketOf(recent, alex, 'its own')).text).toContain('of alex')
})

const levels: [ContextLevel, string[] | undefined][] = [
  ['off', undefined],
  ['call', ['broken']],
  ['recent', ['echo', 'broken', 'echo']],
]
test.each(levels)('level %s attaches %p', async (context, tools) => {
  const desk = deskWith({ context })
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  await echo(client, 'before')
  await broken(client, 'the problem')
  await echo(client, 'after')
  const ticket = await ticketOf(desk, client, 'level')
  expect(ticket.context?.calls.map((call) => call.tool)).toEqual(tools as string[])
})

test('without a failed call, the last one goes along', async () => {
  const desk = deskWith({ context: 'call' })
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  await echo(client, 'one')
  await echo(client, 'two')
  expect((await ticketOf(desk, client, 'ok')).context?.calls).toEqual([
    { tool: 'echo', at: expect.any(String), durationMs: expect.any(Number), outcome: 'ok' },
  ])
})

test('at most ten calls are kept', async () => {
  const { client } = await connectWithSupport({ url: recent.url, key: newKey() })
  for (let call = 1; call <= 12; call++) await broken(client, `call ${call}.`)
  const ticket = await ticketOf(recent, client, 'twelve calls')
  expect(ticket.context?.calls).toHaveLength(limits.callsMax)
  expect(ticket.text).not.toContain('call 2.')
  expect(ticket.text).toContain('call 12.')
})

test('arguments go along for failed calls only, results only when they are errors', async () => {
  const { client } = await connectWithSupport({ url: recent.url, key: newKey() })
  await echo(client, 'private words')
  await broken(client, 'public words')
  const ticket = await ticketOf(recent, client, 'arguments')
  expect(ticket.text).not.toContain('private words')
  expect(ticket.context?.calls[1]).toMatchObject({
    outcome: 'error',
    arguments: { text: 'public words' },
    error: '401 Unauthorized: public words',
  })
})

test('a call still running is pending, without its arguments', async () => {
  const server = docuApiServer()
  server.registerTool('slow', { inputSchema: { text: z.string() } }, () => new Promise(() => {}))
  const { client } = await connectWithSupport({ url: recent.url, key: newKey() }, server)
  void client.callTool({ name: 'slow', arguments: { text: 'x' } }).catch(() => {})
  const ticket = await ticketOf(recent, client, 'slow')
  expect(ticket.context?.calls).toEqual([
    { tool: 'slow', at: expect.any(String), outcome: 'pending' },
  ])
})

test('a call its client gave up on is a failed one', async () => {
  const server = docuApiServer()
  server.registerTool('slow', {}, () => new Promise(() => {}))
  const { client } = await connectWithSupport({ url: recent.url, key: newKey() }, server)
  await client.callTool({ name: 'slow' }, undefined, { timeout: 20 }).catch(() => {})
  const ticket = await ticketOf(recent, client, 'gave up')
  expect(ticket.context?.calls[0]).toMatchObject({ outcome: 'error' })
  expect(ticket.context?.calls[0]?.error).toContain('timed out')
})

test('secrets in words, arguments and errors stay in the process', async () => {
  const { client } = await connectWithSupport({ url: recent.url, key: newKey() })
  await broken(client, 'token=hunter2')
  await client.callTool({ name: 'broken', arguments: { text: 'x', password: 'hunter3' } })
  await ask(client, { title: 'password: hunter4', description: 'Bearer hunter5hunter5X1' })
  expect(JSON.stringify(recent.received.at(-1))).not.toContain('hunter')
  expect(recent.received.at(-1)?.ticket.title).toBe('password: [redacted]')
})

test("a host's hook sees words, arguments and errors; where it throws, the field is dropped", async () => {
  const paths: string[] = []
  const redact = (value: unknown, path: string) => {
    paths.push(path)
    if (path === 'arguments.text') throw new Error('never send this')
    return typeof value === 'string' ? value.replaceAll('DocuAPI', 'X') : value
  }
  const { client } = await connectWithSupport({ url: recent.url, key: newKey(), redact })
  await broken(client, 'DocuAPI')
  await ask(client, { title: 'DocuAPI is down' })
  const { ticket } = recent.received.at(-1) ?? {}
  expect(ticket?.title).toBe('X is down')
  expect(ticket?.context?.calls[0]).toMatchObject({ arguments: {}, error: '401 Unauthorized: X' })
  expect(paths).toEqual(['title', 'description', 'arguments.text', 'error'])
})

test('a huge failing call is cut, and the cut is visible', async () => {
  const server = new McpServer({ name: 'huge', version: '1.0.0' })
  const inputSchema = { text: z.string(), list: z.array(z.number()).optional(), tree: z.any() }
  server.registerTool('huge', { inputSchema }, ({ text }) => {
    throw new Error(`start ${text} end`)
  })
  let tree: unknown = 'leaf'
  for (let depth = 0; depth < 100; depth++) tree = { tree }
  const { client } = await connectWithSupport({ url: recent.url, key: newKey() }, server)
  const list = Array.from({ length: 500 }, (_, n) => n)
  for (let call = 0; call < 10; call++)
    await client.callTool({ name: 'huge', arguments: { text: 'ä '.repeat(200_000), list, tree } })
  const { context } = await ticketOf(recent, client, 'huge')
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length
  expect(bytes(context)).toBeLessThanOrEqual(limits.contextBytesMax)
  expect(context?.calls.length).toBeGreaterThan(5)
  for (const call of context?.calls ?? []) {
    expect(bytes(call)).toBeLessThanOrEqual(limits.callBytesMax)
    expect(call.error).toMatch(/^start .*… \d+ characters cut ….* end$/)
  }
})

const wide = (depth: number, leaf: string): unknown =>
  depth === 0 ? leaf : Array.from({ length: 50 }, () => wide(depth - 1, leaf))
const large: [string, unknown][] = [
  ['long strings', wide(1, 'lorem ipsum '.repeat(7_000))],
  ['pairs', wide(2, 'password=hunter2 '.repeat(100))],
  ['short strings', wide(3, 'x'.repeat(30))],
]
test.each(large)('of a call that fails with 4 MB of %s little is kept', (_, given) => {
  const call: SeenCall = { tool: 'big', startedAt: 0, outcome: 'error' }
  call.failure = keepFailure(call, { arguments: given, error: 'boom' }, redactor)
  const kept = captured(call)
  expect(JSON.stringify(kept).length).toBeLessThanOrEqual(limits.callBytesMax)
  expect(JSON.stringify(kept)).toContain(' cut')
  expect(kept?.error).toBe('boom')
})

test('a batch of a failing call and a ticket is answered whole', async () => {
  const desk = deskWith({ context: 'call' })
  const host = hostAt(desk.url, true)
  const post = (body: unknown, session?: string | null) =>
    fetch(host.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-03-26',
        ...(session && { 'mcp-session-id': session }),
      },
      body: JSON.stringify(body),
    })
  const request = (id: number | string, method: string, params: object) => ({
    jsonrpc: '2.0',
    id,
    method,
    params,
  })
  const hello = await post(
    request(0, 'initialize', {
      protocolVersion: '2025-03-26',
      capabilities: {},
      clientInfo: { name: 'batcher', version: '1' },
    }),
  )
  await hello.text()
  const ticket = {
    name: 'get_support_tool',
    arguments: { title: 'Batch', description: 'All at once', email: 'a@b.example' },
  }
  const answers = await post(
    [
      request('1', 'tools/call', { name: 'broken', arguments: { text: 'x' } }),
      request(1, 'tools/call', ticket),
      request(2, 'tools/list', {}),
    ],
    hello.headers.get('mcp-session-id'),
  )
  const text = await answers.text()
  expect(text.match(/^data: .*"id":/gm)).toHaveLength(3)
  expect(text).toContain('"status":"received"')
  expect(desk.received[0]?.ticket.context?.calls[0]?.tool).toBe('broken')
  host.close()
})

test('the session id itself never leaves the process', async () => {
  const host = hostAt(recent.url, true)
  const client = await connectHttp(host.url)
  const { sessionId } = client.transport as { sessionId?: string }
  const ticket = await ticketOf(recent, client, 'session')
  expect(ticket.context?.sessionId).toMatch(/^[0-9a-f]{32}$/)
  expect(ticket.text).not.toContain(sessionId as string)
  host.close()
})

test('one person connecting again does not bring calls of the connection before', async () => {
  const server = docuApiServer()
  register(server, { url: recent.url, key: newKey() }, quick)
  const first = await connectInMemory(server)
  await broken(first, 'before')
  await first.close()
  const second = await connectInMemory(server)
  expect((await ticketOf(recent, second, 'again')).context?.calls).toEqual([])
})

test('what a ticket has described counts no longer', async () => {
  const options = { url: recent.url, key: newKey() }
  const { client } = await connectWithSupport(options)
  const { history } = deskAt(options.url, options.key, undefined, quick)
  await broken(client, 'x'.repeat(5_000))
  expect(history.size.chars).toBeGreaterThan(5_000)
  await ticketOf(recent, client, 'described')
  expect(history.size.chars).toBe(0)
})

test('the calls of a session are forgotten when it ends, of all its users', async () => {
  const key = newKey()
  const host = serveHttp(
    () => {
      const server = docuApiServer()
      register(server, { url: signedIn.url, key }, quick)
      return server
    },
    { sessions: true },
  )
  const { history } = deskAt(signedIn.url, key, undefined, quick)
  const alex = await connectHttp(host.url, 'alex')
  const transport = alex.transport as StreamableHTTPClientTransport
  const sam = await connectHttp(host.url, 'sam', transport.sessionId)
  const kim = await connectHttp(host.url, 'kim')
  for (const client of [alex, sam, kim]) await broken(client, 'x')
  expect(history.size.callers).toBe(3)
  await transport.terminateSession()
  expect(history.size.callers).toBe(1)
  expect((await ticketOf(signedIn, kim, 'kim')).context?.calls).toHaveLength(1)
  host.close()
})

test('a level of context that this version does not know sends nothing', async () => {
  const desk = deskWith({ context: 'everything' as ContextLevel })
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  await broken(client, 'x')
  expect((await ticketOf(desk, client, 'none')).context).toBeUndefined()
})
