import { afterAll, expect, test } from 'bun:test'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import manifest from '../../sdk/package.json'
import { registerSupportTool } from '../../sdk/src/index.ts'
import { register } from '../../sdk/src/register.ts'
import { sdkVersion } from '../../sdk/src/version.ts'
import { newKey, openDesk, quick } from './desk.ts'
import { ask, connectInMemory, connectWithSupport, docuApiServer, names, textOf } from './hosts.ts'

const desk = openDesk()
afterAll(desk.close)
const options = () => ({ url: desk.url, key: newKey() })

type AnyTransport = Parameters<Server['connect']>[0]

test("the server's own tools answer as before", async () => {
  const plain = await connectInMemory(docuApiServer())
  const { client } = await connectWithSupport(options())
  for (const call of [
    { name: 'echo', arguments: { text: 'hello' } },
    { name: 'echo', arguments: {} },
    { name: 'broken', arguments: { text: 'x' } },
    { name: 'unknown' },
  ])
    expect(await client.callTool(call)).toEqual(await plain.callTool(call))
  expect(await client.ping()).toEqual({})
})

test('connecting waits for nothing', async () => {
  const silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const started = performance.now()
  await connectWithSupport({ url: `http://127.0.0.1:${silent.port}`, key: newKey() })
  expect(performance.now() - started).toBeLessThan(200)
  silent.stop(true)
})

test('what is not an MCP server is left alone', () => {
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  for (const server of [undefined, null, {}, 'server', { server: {} }])
    expect(() => registerSupportTool(server as never, { ...options(), logger })).not.toThrow()
  expect(() => registerSupportTool(docuApiServer(), undefined as never)).not.toThrow()
  expect(told.length).toBeGreaterThan(0)
})

test('a transport that cannot be changed works without the tool', async () => {
  const sent: unknown[] = []
  const transport: AnyTransport = Object.freeze({
    handlers: {} as AnyTransport,
    start: async () => {},
    close: async () => {},
    send: async (message: unknown) => void sent.push(message),
    get onmessage() {
      return this.handlers.onmessage
    },
    set onmessage(handler) {
      this.handlers.onmessage = handler
    },
    set onclose(_: unknown) {},
    set onerror(_: unknown) {},
  }) as unknown as AnyTransport
  const server = docuApiServer()
  register(server, options(), quick)
  await server.connect(transport)
  transport.onmessage?.({ jsonrpc: '2.0', id: 1, method: 'ping' })
  await Bun.sleep(10)
  expect(sent).toEqual([{ jsonrpc: '2.0', id: 1, result: {} }])
})

test('a transport that closed and went to a plain server is plain again', async () => {
  const sent: { id?: unknown; result?: { tools?: unknown[] } }[] = []
  const transport = {
    start: async () => {},
    close: async () => {},
    send: async (message: object) => void sent.push(message),
  } as unknown as AnyTransport
  const supported = docuApiServer()
  register(supported, options(), quick)
  await supported.connect(transport)
  transport.onclose?.()
  await docuApiServer().connect(transport)
  transport.onmessage?.({ jsonrpc: '2.0', id: 7, method: 'tools/list' })
  await Bun.sleep(10)
  expect(sent.map(({ id, result }) => [id, result?.tools?.length])).toEqual([[7, 2]])
})

test('malformed messages reach the server as they are', async () => {
  const server = new Server({ name: 'odd', version: '1' }, { capabilities: {} })
  const faults: unknown[] = []
  server.onerror = (error) => void faults.push(error)
  register(server, options(), quick)
  const transport = { start: async () => {}, close: async () => {}, send: async () => {} }
  await server.connect(transport as AnyTransport)
  const { onmessage } = transport as AnyTransport
  for (const message of [
    {},
    { method: 'tools/call', id: 1, params: null },
    { id: 3, result: null },
  ])
    expect(() => onmessage?.(message as never)).not.toThrow()
  expect(faults.length).toBeGreaterThan(0)
})

test('a logger that throws disturbs nothing', async () => {
  const logger = () => {
    throw new Error('log is full')
  }
  const { client } = await connectWithSupport({ url: 'http://127.0.0.1:1', key: newKey(), logger })
  expect(await names(client)).toEqual(['echo', 'broken'])
})

test('calls at the same time get their own answers', async () => {
  const { client } = await connectWithSupport(options())
  const texts = Array.from({ length: 50 }, (_, n) => `text ${n}`)
  const [echoes, receipts] = await Promise.all([
    Promise.all(texts.map((text) => client.callTool({ name: 'echo', arguments: { text } }))),
    Promise.all(texts.map((title) => ask(client, { title }))),
  ])
  expect(echoes.map(textOf)).toEqual(texts)
  const references = receipts.map(
    (receipt) => (receipt.structuredContent as { reference: string }).reference,
  )
  expect(new Set(references).size).toBe(50)
})

test('nothing is written to stdout or stderr', async () => {
  const run = Bun.spawn(
    [
      process.execPath,
      '-e',
      `import { registerSupportTool } from '@mcp-obs/sdk'
       import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
       import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
       for (const url of [undefined, 'http://127.0.0.1:1/s/docuapi']) {
         const server = new McpServer({ name: 'quiet', version: '1' })
         registerSupportTool(server, { url, key: 'sk_x' })
         await server.connect(InMemoryTransport.createLinkedPair()[0])
       }
       await Bun.sleep(100)`,
    ],
    { cwd: `${import.meta.dir}/../../sdk`, stdout: 'pipe', stderr: 'pipe' },
  )
  expect(await new Response(run.stdout).text()).toBe('')
  expect(await new Response(run.stderr).text()).toBe('')
  expect(await run.exited).toBe(0)
})

/** A process of its own that raises one ticket while the desk refuses, then does `last`. */
const raising = (url: string, last: string) =>
  Bun.spawn(
    [
      process.execPath,
      '-e',
      `import { registerSupportTool } from '@mcp-obs/sdk'
       import { Client } from '@modelcontextprotocol/sdk/client/index.js'
       import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
       import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
       const server = new McpServer({ name: 'short-lived', version: '1' })
       const support = registerSupportTool(server, { url: '${url}', key: 'sk_x' })
       const [near, far] = InMemoryTransport.createLinkedPair()
       const client = new Client({ name: 'c', version: '1' })
       await Promise.all([server.connect(far), client.connect(near)])
       await client.listTools()
       const words = { title: 'Bye', description: 'Going', email: 'a@b.example' }
       const { structuredContent } = await client.callTool({ name: 'get_support_tool', arguments: words })
       console.log(structuredContent.status)
       ${last}`,
    ],
    { cwd: `${import.meta.dir}/../../sdk`, stdout: 'pipe', stderr: 'inherit' },
  )

test('a waiting ticket does not keep a process alive; close delivers it first', async () => {
  const own = openDesk()
  const refusals = Array.from({ length: 3 }, () => ({ code: 'internal', status: 500 }) as const)
  own.refusals.push(...refusals)
  const left = raising(own.url, '')
  expect(await new Response(left.stdout).text()).toBe('queued\n')
  expect(await left.exited).toBe(0)
  expect(own.received).toHaveLength(0)

  own.refusals = refusals.slice(0, 1)
  const closed = raising(own.url, 'await support.close()')
  expect(await closed.exited).toBe(0)
  expect(own.received).toHaveLength(1)
  own.close()
})

test('the version sent to the desk is the version of the package', () => {
  expect(sdkVersion).toBe(manifest.version)
})
