import { afterAll, expect, test } from 'bun:test'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick } from './desk.ts'
import {
  ask,
  connectHttp,
  connectInMemory,
  connectWithSupport,
  docuApiServer,
  names,
  pagedServer,
  serveHttp,
  textOf,
} from './hosts.ts'

const desk = openDesk()
const optedOut = openDesk({ enabled: false })
const external = openDesk({ auth: 'external', categories: [], context: 'off' })
afterAll(() => Promise.all([desk.close(), optedOut.close(), external.close()]))

test('an McpServer lists the tool after its own', async () => {
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
})

test('tools registered after the support tool are listed too', async () => {
  const server = docuApiServer()
  register(server, { url: desk.url, key: newKey() }, quick)
  server.registerTool('late', { inputSchema: { n: z.number() } }, () => ({ content: [] }))
  const client = await connectInMemory(server)
  expect(await names(client)).toEqual(['echo', 'broken', 'late', 'get_support_tool'])
})

test('a server without tools of its own gets the tool and says that it has tools', async () => {
  const bare = new McpServer({ name: 'bare', version: '1.0.0' })
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() }, bare)
  expect(client.getServerCapabilities()?.tools).toBeDefined()
  expect(await names(client)).toEqual(['get_support_tool'])
  expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
})

test('a list in pages has the tool on its last page only', async () => {
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() }, pagedServer())
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await client.listTools(cursor ? { cursor } : {})
    pages.push(page.tools.map((tool) => tool.name))
    cursor = page.nextCursor
  } while (cursor)
  expect(pages).toEqual([['first'], ['second'], ['third', 'get_support_tool']])
})

test('registering twice shows the tool once', async () => {
  const server = docuApiServer()
  const options = { url: desk.url, key: newKey() }
  expect(register(server, options, quick)).toBe(register(server, options, quick))
  expect(register(server.server, options, quick)).toBe(register(server, options, quick))
  expect(await names(await connectInMemory(server))).toEqual(['echo', 'broken', 'get_support_tool'])
})

test('a server already connected gets the tool', async () => {
  const server = docuApiServer()
  const client = await connectInMemory(server)
  register(server, { url: desk.url, key: newKey() }, quick)
  expect(await names(client)).toContain('get_support_tool')
})

test('a server connected to one transport after another keeps the tool', async () => {
  const server = docuApiServer()
  register(server, { url: desk.url, key: newKey() }, quick)
  for (let connection = 0; connection < 3; connection++) {
    const client = await connectInMemory(server)
    expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
    await client.close()
  }
})

test('a closed handle takes the tool away, and a new registration brings it back', async () => {
  const options = { url: desk.url, key: newKey() }
  const { client, handle, server } = await connectWithSupport(options)
  await handle.close()
  expect(await names(client)).toEqual(['echo', 'broken'])
  await client.close()
  expect(await names(await connectInMemory(server))).toEqual(['echo', 'broken'])
  await server.close()
  const { client: next } = await connectWithSupport(options, server)
  expect(await names(next)).toEqual(['echo', 'broken', 'get_support_tool'])
})

for (const json of [false, true]) {
  for (const sessions of [true, false]) {
    test(`Streamable HTTP ${sessions ? 'with' : 'without'} sessions, ${json ? 'JSON' : 'SSE'} answers`, async () => {
      const key = newKey()
      const make = () => {
        const server = docuApiServer()
        register(server, { url: desk.url, key }, quick)
        return server
      }
      const host = serveHttp(make, { sessions, json })
      const client = await connectHttp(host.url)
      expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
      expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
      await client.close()
      host.close()
    })
  }
}

test('servers made for each request share one set of settings', async () => {
  const key = newKey()
  const asked = desk.asked
  const make = () => {
    const server = docuApiServer()
    register(server, { url: desk.url, key }, quick)
    return server
  }
  const host = serveHttp(make, { sessions: false })
  const client = await connectHttp(host.url)
  for (let request = 0; request < 5; request++) await names(client)
  expect(desk.asked - asked).toBe(1)
  host.close()
})

test('nothing is shown until the desk has said so', async () => {
  const { client } = await connectWithSupport({ url: optedOut.url, key: newKey() })
  expect(await names(client)).toEqual(['echo', 'broken'])
  expect(textOf(await ask(client))).toContain('switched off')
  expect(optedOut.attempts).toEqual([])
})

test('a desk that cannot be reached shows no tool and holds the list up for a second at most', async () => {
  const silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const options = { url: `http://127.0.0.1:${silent.port}/s/docuapi`, key: newKey() }
  const { client } = await connectWithSupport(options)
  const started = performance.now()
  expect(await names(client)).toEqual(['echo', 'broken'])
  expect(performance.now() - started).toBeWithin(700, 1_300)
  const again = performance.now()
  expect(await names(client)).toEqual(['echo', 'broken'])
  expect(performance.now() - again).toBeLessThan(100)
  silent.stop(true)
})

test('what the desk changes shows at the next list', async () => {
  const changing = openDesk()
  const options = { url: changing.url, key: newKey() }
  const timing = { ...quick, settingsFreshMs: 20 }
  const { client } = await connectWithSupport(options, docuApiServer(), timing)
  expect(await names(client)).toContain('get_support_tool')
  changing.settings = { ...changing.settings, enabled: false }
  await Bun.sleep(30)
  expect(await names(client)).not.toContain('get_support_tool')
  changing.settings = { ...changing.settings, enabled: true }
  await Bun.sleep(30)
  expect(await names(client)).toContain('get_support_tool')
  changing.close()
})

test('the desk is asked once by lists at the same time, and not by calls', async () => {
  const changing = openDesk()
  const options = { url: changing.url, key: newKey() }
  const timing = { ...quick, settingsFreshMs: 20 }
  const { client } = await connectWithSupport(options, docuApiServer(), timing)
  await names(client)
  await Bun.sleep(30)
  changing.settingsDelayMs = 50
  await Promise.all(Array.from({ length: 5 }, () => names(client)))
  expect(changing.asked).toBe(2)
  await Bun.sleep(30)
  const { client: next } = await connectWithSupport(options, docuApiServer(), timing)
  for (let call = 0; call < 5; call++)
    await next.callTool({ name: 'echo', arguments: { text: 'x' } })
  expect(changing.asked).toBe(2)
  changing.close()
})

test('a desk that does not answer in time leaves the tool as it was', async () => {
  const slow = openDesk()
  const options = { url: slow.url, key: newKey() }
  const timing = { ...quick, settingsFreshMs: 0, settingsWaitMs: 100 }
  const { client } = await connectWithSupport(options, docuApiServer(), timing)
  await names(client)
  slow.settingsDelayMs = 400
  slow.settings = { ...slow.settings, enabled: false }
  const started = performance.now()
  expect(await names(client)).toContain('get_support_tool')
  expect(performance.now() - started).toBeWithin(80, 300)
  await Bun.sleep(400)
  slow.settingsDelayMs = 0
  expect(await names(client)).not.toContain('get_support_tool')
  slow.close()
})

test('a key the desk does not know shows no tool', async () => {
  const refusing = openDesk()
  refusing.refuseSettings = { code: 'key_invalid', status: 401 }
  const told: string[] = []
  const options = {
    url: refusing.url,
    key: newKey(),
    logger: (_: string, message: string) => void told.push(message),
  }
  const { client } = await connectWithSupport(options)
  expect(await names(client)).toEqual(['echo', 'broken'])
  expect(await names(client)).toEqual(['echo', 'broken'])
  expect(told.filter((message) => message.includes('does not accept this key'))).toHaveLength(1)
  refusing.close()
})

test('without address or key the tool is not shown, and the logger is told once', async () => {
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  for (const url of [undefined, 'not an address', 'ftp://desk.example']) {
    const { client, handle } = await connectWithSupport({ url, key: 'sk_x', logger })
    expect(await names(client)).toEqual(['echo', 'broken'])
    await handle.flush()
    await handle.close()
  }
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('MCP_OBS_URL')
})

test("a server's own tool of that name stays as it is", async () => {
  const server = docuApiServer()
  server.registerTool('get_support_tool', {}, () => ({ content: [{ type: 'text', text: 'mine' }] }))
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() }, server)
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
  expect(textOf(await client.callTool({ name: 'get_support_tool' }))).toBe('mine')
})

test("a server's own tool of that name hides ours on that server only", async () => {
  const options = { url: desk.url, key: newKey() }
  const own = docuApiServer()
  const mine = own.registerTool('get_support_tool', {}, () => ({
    content: [{ type: 'text', text: 'mine' }],
  }))
  const { client } = await connectWithSupport(options)
  const { client: neighbour } = await connectWithSupport(options, own)
  await names(neighbour)
  expect(await names(client)).toContain('get_support_tool')
  expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
  expect(textOf(await neighbour.callTool({ name: 'get_support_tool' }))).toBe('mine')
  mine.remove()
  expect(await names(neighbour)).toContain('get_support_tool')
  expect((await ask(neighbour)).structuredContent).toMatchObject({ status: 'received' })
})

test("a server's own tool of that name answers where requests have no session", async () => {
  const key = newKey()
  const make = () => {
    const server = docuApiServer()
    server.registerTool('get_support_tool', {}, () => ({
      content: [{ type: 'text', text: 'mine' }],
    }))
    register(server, { url: desk.url, key }, quick)
    return server
  }
  const host = serveHttp(make, { sessions: false })
  const client = await connectHttp(host.url)
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
  expect(textOf(await client.callTool({ name: 'get_support_tool' }))).toBe('mine')
  host.close()
})

test('the tool is described by the company and by us, with all four hints', async () => {
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  const tool = (await client.listTools()).tools.at(-1)
  expect(tool?.title).toBe('Get support')
  expect(tool?.description).toStartWith('Report issues or ask questions about using DocuAPI. ')
  expect(tool?.description).toContain('only after the user agrees')
  expect(tool?.annotations).toEqual({
    title: 'Get support',
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  })
  expect(tool?.inputSchema.properties?.category).toMatchObject({ enum: desk.settings.categories })
})

test('an e-mail is asked for, and required, only where the server has no sign-in', async () => {
  const { client: anonymous } = await connectWithSupport({ url: desk.url, key: newKey() })
  const asking = (await anonymous.listTools()).tools.at(-1)
  expect(asking?.inputSchema.required).toEqual(['title', 'description', 'email'])
  expect(asking?.inputSchema.properties?.email).toMatchObject({ format: 'email' })

  const { client: signedIn } = await connectWithSupport({ url: external.url, key: newKey() })
  const knowing = (await signedIn.listTools()).tools.at(-1)
  expect(knowing?.inputSchema.required).toEqual(['title', 'description'])
  expect(Object.keys(knowing?.inputSchema.properties ?? {})).toEqual(['title', 'description'])
  expect(knowing?.description).not.toContain('attached')
})

test('wrong arguments are answered in a sentence', async () => {
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  const attempts = desk.attempts.length
  const cases: [Record<string, unknown>, string][] = [
    [{ title: 'x' }, 'title must be a text of 3 to 200 characters, not 1'],
    [{ title: 42 }, 'title must be a text'],
    [{ description: '' }, 'description must be a text of 1 to 4000 characters'],
    [{ description: 'a'.repeat(4001) }, 'not 4001'],
    [{ email: 'alex' }, 'ask the user for it'],
    [{ email: undefined }, 'ask the user for it'],
  ]
  for (const [args, sentence] of cases) {
    const result = await ask(client, args)
    expect(result.isError).toBe(true)
    expect(textOf(result)).toContain(sentence)
  }
  expect(desk.attempts.length).toBe(attempts)
})

test('a category nobody offered goes through as it is', async () => {
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  await ask(client, { category: 'Something else' })
  expect(desk.received.at(-1)?.ticket.category).toBe('Something else')
})

test('the receipt fits the output schema and carries what the team already knows', async () => {
  desk.receipt = { answer: 'Keys issued before May have to be renewed.' }
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  await client.listTools()
  const result = await ask(client)
  desk.receipt = {}
  expect(result.structuredContent).toEqual({
    status: 'received',
    reference: expect.stringMatching(/^DOCUAPI-\d+$/),
    answer: 'Keys issued before May have to be renewed.',
  })
  expect(textOf(result)).toContain('Keys issued before May')
})

test('a ticket raised before the desk has said anything waits for its word', async () => {
  const slow = openDesk()
  slow.settingsDelayMs = 300
  const timing = { ...quick, answerMs: 2_000, settingsWaitMs: 20 }
  const { client } = await connectWithSupport({ url: slow.url, key: newKey() }, undefined, timing)
  expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
  slow.close()
})
