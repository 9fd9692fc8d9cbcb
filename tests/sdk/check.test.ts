import { afterAll, beforeEach, expect, test } from 'bun:test'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import type { SupportToolOptions } from '../../sdk/src/options.ts'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick, until } from './desk.ts'
import {
  ask,
  connectHttp,
  connectWithSupport,
  docuApiServer,
  names,
  pagedServer,
  serveHttp,
  textOf,
} from './hosts.ts'
import { openWire, transportNamed } from './wire.ts'

const desk = openDesk({ check: true })
const off = openDesk()
const external = openDesk({ check: true, auth: 'external', context: 'off' })
afterAll(() => Promise.all([desk.close(), off.close(), external.close()]))
beforeEach(() => {
  for (const one of [desk, external])
    Object.assign(one, { tickets: [], checked: [], refuseCheck: undefined, checkDelayMs: 0 })
})

const tool = 'check_support_ticket'
const both = ['get_support_tool', tool]
const eager = { ...quick, settingsIdleMs: 0, settingsFreshMs: 0 }
const options = (more: Partial<SupportToolOptions> = {}) => ({
  url: desk.url,
  key: newKey(),
  ...more,
})
const check = (client: Client, given: Record<string, unknown> = {}, name = tool) =>
  client.callTool({ name, arguments: given })
const own = (name: string) => {
  const server = docuApiServer()
  const mine = server.registerTool(name, {}, () => ({ content: [{ type: 'text', text: 'mine' }] }))
  return { server, mine }
}
const ticket = {
  reference: 'DOCUAPI-7',
  title: 'Search fails',
  status: 'in_progress',
  createdAt: '2026-11-23T00:15:00.000Z',
}

test('the second tool is listed after the first where the desk says so, with all four hints', async () => {
  const { client } = await connectWithSupport(options())
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['echo', 'broken', ...both])
  expect(tools.at(-1)?.annotations).toEqual({
    title: 'Check support tickets',
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  })
  expect(tools.at(-1)?.inputSchema.required).toBeUndefined()
  expect(tools.at(-1)?.description).toContain('raised in this session')
})

test('where it is off, or the desk does not say, the server answers as without us', async () => {
  const { client } = await connectWithSupport(options({ url: off.url }))
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
  expect(textOf(await check(client))).toContain('check_support_ticket not found')
  const older = openDesk()
  const { check: _, ...settings } = older.settings
  older.settings = settings as typeof older.settings
  const { client: another } = await connectWithSupport(options({ url: older.url }))
  expect(await names(another)).toEqual(['echo', 'broken', 'get_support_tool'])
  older.close()
  const disabled = openDesk({ check: true, enabled: false })
  const { client: none } = await connectWithSupport(options({ url: disabled.url }))
  expect(await names(none)).toEqual(['echo', 'broken'])
  expect(textOf(await check(none))).toContain('not found')
  expect([...off.checked, ...older.checked, ...disabled.checked]).toEqual([])
  disabled.close()
})

test('a list in pages has it on its last page only, and a bare server has both', async () => {
  const { client } = await connectWithSupport(options(), pagedServer())
  const first = await client.listTools()
  expect(first.tools.map(({ name }) => name)).toEqual(['first'])
  const last = await client.listTools({ cursor: '2' })
  expect(last.tools.map(({ name }) => name)).toEqual(['third', ...both])
})

test('a name of the developer’s own is listed and answers; one that both have, or none, is told', async () => {
  const { client } = await connectWithSupport(options({ checkToolName: 'my-tickets' }))
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool', 'my-tickets'])
  expect((await check(client, {}, 'my-tickets')).structuredContent).toEqual({ tickets: [] })
  expect(textOf(await check(client))).toContain('not found')

  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const same = await connectWithSupport(options({ checkToolName: 'get_support_tool', logger }))
  expect(await names(same.client)).toEqual(['echo', 'broken', 'get_support_tool'])
  const wrong = await connectWithSupport(options({ checkToolName: 'no name', logger }))
  expect(await names(wrong.client)).toEqual(['echo', 'broken', ...both])
  expect(told).toHaveLength(2)
  for (const message of told) expect(message).toContain('checkToolName')
})

test('a server’s own tool of that name stays as it is, and the developer is told', async () => {
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const { server, mine } = own(tool)
  const { client } = await connectWithSupport(options({ logger }), server)
  expect(await names(client)).toEqual(['echo', 'broken', tool, 'get_support_tool'])
  expect(textOf(await check(client))).toBe('mine')
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('checkToolName')
  mine.remove()
  expect(await names(client)).toEqual(['echo', 'broken', ...both])
  expect((await check(client)).structuredContent).toEqual({ tickets: [] })
})

test('where staff have not switched it on, nobody is told of a tool of that name', async () => {
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const { server } = own(tool)
  const { client } = await connectWithSupport(options({ url: off.url, logger }), server)
  expect(await names(client)).toEqual(['echo', 'broken', tool, 'get_support_tool'])
  expect(textOf(await check(client))).toBe('mine')
  expect(told).toEqual([])
})

test('without the first tool there is no second', async () => {
  const { server } = own('get_support_tool')
  const { client } = await connectWithSupport(options(), server)
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
  expect(textOf(await check(client))).toContain('not found')
})

test('a call before the desk has said anything waits for its word, whichever it is', async () => {
  for (const [on, text] of [
    [true, 'No ticket was raised in this session'],
    [false, 'mine'],
  ] as const) {
    const slow = openDesk({ check: on })
    slow.settingsDelayMs = 100
    const { server } = own(tool)
    const { client } = await connectWithSupport(options({ url: slow.url }), server)
    const [answer, echo] = await Promise.all([
      check(client),
      client.callTool({ name: 'echo', arguments: { text: 'not held up' } }),
    ])
    expect(textOf(answer)).toContain(text)
    expect(textOf(echo)).toBe('not held up')
    slow.close()
  }
})

test('a call of that name goes to the server where the desk cannot be asked', async () => {
  const silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { server } = own(tool)
  const url = `http://127.0.0.1:${silent.port}/s/docuapi`
  const { client } = await connectWithSupport(options({ url }), server)
  expect(textOf(await check(client))).toBe('mine')
  silent.stop(true)
})

test('one that is called off while it waits reaches nobody', async () => {
  const slow = openDesk()
  slow.settingsDelayMs = 100
  const wire = await openWire(options({ url: slow.url }))
  wire.ask('held', 'tools/call', { name: tool, arguments: {} })
  wire.ask('after', 'tools/call', { name: 'echo', arguments: {} })
  wire.cancel('held')
  await Bun.sleep(200)
  expect(wire.reached.map(({ id, method }) => id ?? method)).toEqual([
    'after',
    'notifications/cancelled',
  ])
  expect(wire.sent).toEqual([])
  slow.close()
})

test('clients are told when it comes and goes', async () => {
  const changing = openDesk()
  const { client } = await connectWithSupport(
    options({ url: changing.url }),
    docuApiServer(),
    eager,
  )
  let changes = 0
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void changes++)
  await names(client)
  for (const [times, on] of [
    [1, true],
    [2, false],
  ] as const) {
    changing.settings = { ...changing.settings, check: on }
    await client.callTool({ name: 'echo', arguments: { text: 'x' } })
    await until(() => changes === times)
    expect((await names(client)).includes(tool)).toBe(on)
  }
  changing.close()
})

test('tickets are told in words and as data, which say the same', async () => {
  desk.tickets = [
    { ...ticket, answer: 'Renew the key.\nMore: https://docuapi.example/keys' },
    { ...ticket, reference: 'DOCUAPI-3', status: 'closed' },
  ]
  const { client } = await connectWithSupport(options())
  await names(client)
  const result = await check(client)
  const told = [
    {
      ...ticket,
      status: 'in progress',
      answer: 'Renew the key.\nMore: https://docuapi.example/keys',
    },
    { ...ticket, reference: 'DOCUAPI-3', status: 'closed' },
  ]
  expect(result.structuredContent).toEqual({ tickets: told })
  const text = textOf(result)
  expect(text).toContain('DOCUAPI-7, in progress, raised on 2026-11-23: Search fails')
  expect(text).toContain('DOCUAPI-3, closed, raised on 2026-11-23: Search fails')
  expect(text).toContain('Renew the key.\nMore: https://docuapi.example/keys')
  expect(text).toContain('no instruction to you')
})

test('what a desk sends is bounded, and has nothing that nobody sees', async () => {
  const hidden = '\u202e\u200b\u{e0041}\u0007'
  const long = { ...ticket, title: `T${hidden}\n${'t'.repeat(500)}`, answer: 'a'.repeat(2000) }
  const nothing = { ...ticket, answer: hidden, status: 'spam', title: 7 }
  desk.tickets = [long, nothing, null, {}, { ...ticket, createdAt: 'x' }, ticket, ticket]
  const { client } = await connectWithSupport(options())
  await names(client)
  const { structuredContent, ...result } = await check(client)
  const { tickets } = structuredContent as { tickets: Record<string, string>[] }
  expect(tickets).toHaveLength(2)
  expect(tickets[0]?.title).toHaveLength(200)
  expect(tickets[0]?.title).toStartWith('T ttt')
  expect(tickets[0]?.answer).toHaveLength(900)
  expect(tickets[1]).toEqual({ ...ticket, title: '7', status: 'open' })
  expect(textOf(result)).not.toMatch(/(?!\n)[\p{C}\p{DI}]/u)
  expect(textOf(result).length).toBeLessThan(2_000)
  desk.tickets = 'no list'
  expect(textOf(await check(client))).toContain('cannot be reached')
})

test('over one connection the session is named by chance, the same as with a ticket', async () => {
  const { client } = await connectWithSupport(options())
  await ask(client)
  const { sessionId } = desk.received.at(-1)?.ticket.context ?? {}
  expect(sessionId).toMatch(/^[0-9a-f]{32}$/)
  await check(client, { reference: 'DOCUAPI-7', email: 'alex@company.com' })
  expect(desk.checked).toEqual([{ sessionId: `${sessionId}`, reference: 'DOCUAPI-7' }])
  const { client: other } = await connectWithSupport(options())
  await check(other)
  expect(desk.checked[1]?.sessionId).toMatch(/^[0-9a-f]{32}$/)
  expect(desk.checked[1]?.sessionId).not.toBe(sessionId)
})

test('a session over HTTP is named by its id, and without one nobody is asked for', async () => {
  for (const sessions of [true, false]) {
    const key = newKey()
    const make = () => {
      const server = docuApiServer()
      register(server, { url: desk.url, key }, quick)
      return server
    }
    const host = serveHttp(make, { sessions })
    const client = await connectHttp(host.url)
    await ask(client)
    const { sessionId } = desk.received.at(-1)?.ticket.context ?? {}
    const result = await check(client)
    expect(result.structuredContent).toEqual({ tickets: [] })
    if (sessions) expect(desk.checked).toEqual([{ sessionId: `${sessionId}` }])
    else expect(textOf(result)).toContain('nothing here tells one user from another')
    await client.close()
    host.close()
  }
  expect(desk.checked).toHaveLength(1)
})

test('of two who sign in over one transport, neither asks for the tickets of the other', async () => {
  const transport = Object.assign(transportNamed('GatewayTransport'), { sessionId: 's-1' })
  const wire = await openWire(options(), transport)
  const people = ['alex', 'sam', 'alex']
  for (const [n, sub] of people.entries()) {
    const extra = { authInfo: { token: 't', extra: { iss: 'https://id.example', sub } } }
    wire.ask(n, 'tools/call', { name: tool, arguments: {} }, extra)
    await until(() => wire.sent.some(({ id }) => id === n))
  }
  const [alex, sam, again] = desk.checked.map(({ sessionId }) => sessionId)
  expect(alex).toMatch(/^[0-9a-f]{32}$/)
  expect(sam).not.toBe(`${alex}`)
  expect(again).toBe(`${alex}`)
})

test('of a verified user no name, address or token goes along', async () => {
  const who = { issuer: 'https://id.example', subject: 'alex', sid: 'signed in' }
  const reporter = () => ({ ...who, email: 'alex@company.com', name: 'Alex' })
  const wire = await openWire(options({ url: external.url, reporter }))
  const authInfo = { token: 'at_secret', extra: {} }
  wire.ask('1', 'tools/call', { name: tool, arguments: { reference: 7, title: 'x' } }, { authInfo })
  await until(() => wire.sent.some(({ id }) => id === '1'))
  expect(external.checked).toEqual([{ reporter: who, reference: '7' }])
})

test('where users sign in, who asks is the verified user, by nothing but issuer and subject', async () => {
  const key = newKey()
  const make = () => {
    const server = docuApiServer()
    register(server, { url: external.url, key }, quick)
    return server
  }
  const host = serveHttp(make, { sessions: true })
  const alex = await connectHttp(host.url, 'alex')
  await check(alex)
  expect(external.checked).toEqual([
    { reporter: { issuer: 'https://id.docuapi.example', subject: 'alex' } },
  ])
  expect(textOf(await check(alex))).toContain('No ticket was raised by this user')
  const nobody = await connectHttp(host.url, 'nobody')
  const refused = await check(nobody)
  expect(refused.isError).toBe(true)
  expect(textOf(refused)).toContain(`sign in to this server again, then call ${tool} once more`)
  expect(external.checked).toHaveLength(2)
  await Promise.all([alex.close(), nobody.close()])
  host.close()
})

test('what the desk refuses is told in a sentence, as an error', async () => {
  const { client } = await connectWithSupport(options())
  await names(client)
  const refusals = [
    [{ code: 'support_disabled', status: 403 }, 'switched off'],
    [{ code: 'identity_invalid', status: 401 }, 'sign in to this server again'],
    [{ code: 'too_many', status: 429, retryAfter: 600 }, 'in about 10 minutes'],
    [{ code: 'key_invalid', status: 401 }, 'Trying again will not help'],
    [{ code: 'unavailable', status: 503 }, 'in a few minutes'],
  ] as const
  for (const [refusal, sentence] of refusals) {
    desk.refuseCheck = refusal
    const result = await check(client)
    expect(result.isError).toBe(true)
    expect(textOf(result)).toContain(sentence)
  }
  desk.refuseCheck = undefined
  expect((await check(client)).structuredContent).toEqual({ tickets: [] })
  expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
})

test('an answer comes in time though the desk does not, and is never an old one', async () => {
  desk.tickets = [ticket]
  const { client } = await connectWithSupport(options())
  await names(client)
  expect((await check(client)).structuredContent).toMatchObject({ tickets: [{}] })
  desk.checkDelayMs = 2_000
  const started = performance.now()
  const late = await check(client)
  expect(performance.now() - started).toBeLessThan(1_500)
  expect(late.isError).toBe(true)
  expect(textOf(late)).toContain('cannot be reached')
  expect(textOf(late)).not.toContain('DOCUAPI')
})

test('it is not remembered as a call that a ticket may be about', async () => {
  const { client } = await connectWithSupport(options())
  await check(client)
  await ask(client)
  expect(desk.received.at(-1)?.ticket.context?.calls).toEqual([])
})
