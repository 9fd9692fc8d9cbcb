/**
 * What the client of every story does: reads its options, sees to a server, and raises a ticket as
 * an AI client does whose tool has failed. Exits with 1 and a reason when any step is missing.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** A client of either MCP SDK, connected. */
type Connected = {
  listTools(): Promise<{ tools: Tool[] }>
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<unknown>
  close(): Promise<void>
}

type Tool = { name: string; inputSchema: { required?: string[] | undefined } }
type Result = { content: { text?: string }[]; isError?: boolean; structuredContent?: object }

/** `connect` is given the path of the server to start. */
export function raiseOverStdio(clientUrl: string, connect: (server: string) => Promise<Connected>) {
  const { values } = parseArgs({ options: { email } })
  return exitWith(async () => raiseTicket(await connect(beside(clientUrl)), values.email))
}

/**
 * `connect` is given the address of a running server: one of its own, or that of `--url`; and
 * whether its user is to sign in, which `--sign-in` says.
 */
export function raiseOverHttp(
  clientUrl: string,
  connect: (url: URL, email: string, signsIn: boolean) => Promise<Connected>,
) {
  const signIn = { type: 'boolean', default: false } as const
  const { values } = parseArgs({ options: { url: { type: 'string' }, email, 'sign-in': signIn } })
  const raise = async (url: URL) =>
    raiseTicket(await connect(url, values.email, values['sign-in']), values.email)
  return exitWith(async () => {
    if (values.url) return raise(new URL(values.url))
    const server = await startServer(beside(clientUrl))
    try {
      await raise(server.url)
    } finally {
      await server.stop()
    }
  })
}

const email = { type: 'string', default: 'alex@company.com' } as const

const beside = (clientUrl: string) => fileURLToPath(clientUrl).replace(/client(\.\w+)$/, 'server$1')

async function raiseTicket(client: Connected, email: string) {
  try {
    const tools = await listTools(client)
    console.log('Tools:', tools.map(({ name }) => name).join(', '))
    const support = tools.find(isSupport)
    if (!support) throw new Error('there is no support tool')

    const search = { name: 'search_docs', arguments: { query: 'users' } }
    const found = (await client.callTool(search)) as Result
    if (!found.isError) throw new Error('search_docs was expected to fail')
    console.log('search_docs failed:', textOf(found))

    const words = {
      title: 'API authentication not working',
      description: `Getting 401 errors when searching the documentation: ${textOf(found)}`,
      category: 'Bug',
    }
    const asked = support.inputSchema.required?.includes('email') ? { ...words, email } : words
    const receipt = (await client.callTool({ name: support.name, arguments: asked })) as Result
    console.log(textOf(receipt))
    console.log(JSON.stringify(receipt.structuredContent, null, 2))
    if (receipt.isError) throw new Error('the ticket was refused')
    if (!('reference' in (receipt.structuredContent ?? {}))) throw new Error('no reference yet')
  } finally {
    await client.close()
  }
}

/** A server that waited for its desk in vain shows the tool the next time. */
async function listTools(client: Connected): Promise<Tool[]> {
  const { tools } = await client.listTools()
  if (tools.some(isSupport)) return tools
  await setTimeout(2_000)
  return (await client.listTools()).tools
}

const isSupport = ({ name }: Tool) => name === 'get_support_tool'

/** Starts a server of these examples on a free port, and waits until it says where it listens. */
async function startServer(script: string) {
  const child = spawn(process.execPath, [script, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('/mcp')) break
  }
  const url = said.match(/http:\S+/)?.[0]
  if (!url) throw new Error('the server did not start')
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = await exited
    if (code !== 0) throw new Error(`the server ended with ${code}`)
  }
  return { url: new URL(url), stop }
}

async function exitWith(story: () => Promise<void>) {
  try {
    await story()
  } catch (error) {
    console.error(`raise-a-ticket: ${(error as Error).message}`)
    process.exitCode = 1
  }
}

const textOf = ({ content }: Result) => content.map(({ text }) => text).join('\n')
