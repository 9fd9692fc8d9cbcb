import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { type McpServerLike, register } from '../../../sdk/src/register.ts'
import { newKey, openDesk, quick } from '../desk.ts'
import { names } from '../hosts.ts'
import { installSuite, type Results, runSuite } from './suite.ts'
import { serveV1 } from './v1.ts'
import { serveV2 } from './v2.ts'

type Attach = (server: McpServerLike) => void
type Serve = (attach: Attach) => (request: Request) => Promise<Response>

const desk = openDesk({ context: 'recent' })
let program: string
beforeAll(async () => {
  program = await installSuite()
}, 60_000)
afterAll(() => desk.close())

const v1 = ['--suite', 'all', '--spec-version', '2025-11-25']
const v2 = ['--requirements', '2026-07-28']
/** All scenarios of 2025-11-25; of 2026-07-28 not the tasks and headers that hosts may leave out. */
const hosts: [string, Serve, options: string[], passedMin: number][] = [
  ['v1 with sessions', serveV1, v1, 33],
  ['the handler of v2', serveV2, v2, 39],
]

const passed = (results: Results) =>
  Object.values(results).filter((checks) => checks.every((check) => !check.includes(': FAILURE')))

test.each(hosts)('%s conforms as well with the support tool as without', async (...of) => {
  const [, serve, options, passedMin] = of
  const key = newKey()
  const attached = serve((server) => void register(server, { url: desk.url, key }, quick))
  // Under load the desk may answer after the first list has been made.
  while (!(await toolsOf(attached)).includes('get_support_tool')) await Bun.sleep(100)
  const plain = serve(() => {})
  expect(await toolsOf(plain)).not.toContain('get_support_tool')

  const [found, foundPlain] = await Promise.all([
    runSuite(program, attached, options),
    runSuite(program, plain, options),
  ])
  expect(found).toEqual(foundPlain)
  expect(passed(foundPlain).length).toBeGreaterThanOrEqual(passedMin)
})

test.each(hosts)(
  'on %s the suite notices a message that was changed',
  async (_, serve, options) => {
    const toolsList = [
      '--scenario',
      'tools-list',
      ...options.slice(-2).filter(() => serve === serveV1),
    ]
    const [plain, changed] = await Promise.all([
      runSuite(
        program,
        serve(() => {}),
        toolsList,
      ),
      runSuite(program, serve(withoutDescriptions), toolsList),
    ])
    expect(passed(plain)).toHaveLength(1)
    expect(changed).not.toEqual(plain)
  },
)

/** What attaching must never do: here every tool loses its description. */
const withoutDescriptions: Attach = (server) => {
  const { connect } = server as { connect(transport: Sending): Promise<unknown> }
  const changing = (transport: Sending) => {
    const { send } = transport
    transport.send = function (message, ...rest) {
      for (const tool of message.result?.tools ?? []) delete tool.description
      return send.call(this, message, ...rest)
    }
    return connect.call(server, transport)
  }
  Object.assign(server, { connect: changing })
}
type Sending = {
  send(message: { result?: { tools?: { description?: string }[] } }, ...rest: unknown[]): unknown
}

async function toolsOf(serve: (request: Request) => Promise<Response>): Promise<string[]> {
  const client = new Client({ name: 'test-client', version: '1.0.0' })
  const transport = new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), {
    fetch: (url, init) => serve(new Request(String(url), init)),
  })
  await client.connect(transport as Parameters<Client['connect']>[0])
  const tools = await names(client)
  await client.close()
  return tools
}
