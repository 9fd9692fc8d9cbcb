import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKey, openDesk } from './desk.ts'

const desk = openDesk({ auth: 'none' })
const sdk = new URL('../../sdk', import.meta.url).pathname
const node = Bun.which('node')
let folder: string

/** A host whose functions are all async and fail; it says what became of two tickets. */
const host = `
  import { registerSupportTool } from '${sdk}/src/index.ts'
  const fails = async () => { throw new Error('async') }
  const sent = []
  const transport = { start: async () => {}, send: async (message) => void sent.push(message) }
  const server = { connect: (to) => { to.onmessage = () => {}; return to.start() } }
  registerSupportTool(server, {
    url: process.argv[2], key: process.argv[3],
    logger: fails, reporter: fails, redact: fails,
  })
  await server.connect(transport)
  const send = (id, method, params, extra) => transport.onmessage({ jsonrpc: '2.0', id, method, params }, extra)
  const until = async (id) => {
    while (!sent.some((message) => message.id === id)) await new Promise((done) => setTimeout(done, 5))
    return sent.find((message) => message.id === id)
  }
  send(0, 'initialize', { clientInfo: { name: 'client', version: '1' } })
  send(1, 'tools/list', {})
  await transport.send({ jsonrpc: '2.0', id: 1, result: { tools: [] } })
  send(2, 'tools/call', { name: 'broken', arguments: { text: 'hunter2' } })
  await transport.send({ jsonrpc: '2.0', id: 2, result: { isError: true, content: [{ text: 'no' }] } })
  const words = { title: 'Words', description: 'More words', email: 'a@b.example' }
  const name = 'get_support_tool'
  send(3, 'tools/call', { name, arguments: words })
  const first = await until(3)
  send(4, 'tools/call', { name, arguments: { ...words, title: 'Others' } }, { authInfo: { token: 'x' } })
  const receipts = [first, await until(4)]
  await new Promise((done) => setTimeout(done, 50))
  console.log(JSON.stringify(receipts.map(({ result }) => result.structuredContent?.status)))
  process.exit(0)`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-obs-hooks-'))
  await Bun.write(join(folder, 'host.ts'), host)
  const entrypoints = [join(folder, 'host.ts')]
  const built = await Bun.build({ entrypoints, outdir: folder, target: 'node', naming: 'host.mjs' })
  expect(built.success).toBe(true)
})
afterAll(() => Promise.all([desk.close(), rm(folder, { recursive: true })]))

const runtimes = [process.execPath, ...(node ? [node] : [])]
test.each(runtimes)('async functions that fail do not end a host on %s', async (runtime) => {
  const command = [runtime, join(folder, 'host.mjs'), desk.url, newKey()]
  const run = Bun.spawn(command, { stdout: 'pipe', stderr: 'pipe' })
  const [said, complained] = await Promise.all([
    new Response(run.stdout).text(),
    new Response(run.stderr).text(),
  ])
  expect(complained).toBe('')
  expect(said).toBe('["received","received"]\n')
  expect(await run.exited).toBe(0)
  const { ticket } = desk.received.at(-2) ?? {}
  expect(ticket).toMatchObject({ title: '[redacted]', description: '[redacted]' })
  expect(ticket?.context?.calls[0]).toMatchObject({ tool: 'broken', outcome: 'error' })
  expect(JSON.stringify(ticket)).not.toContain('hunter2')
})
