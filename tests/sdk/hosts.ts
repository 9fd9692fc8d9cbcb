import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { SupportToolOptions } from '../../sdk/src/options.ts'
import { register } from '../../sdk/src/register.ts'
import type { Timing } from '../../sdk/src/timing.ts'
import { quick } from './desk.ts'

/** A company's server: `echo` works, `broken` fails with what it was given. */
export function docuApiServer(): McpServer {
  const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
  const inputSchema = { text: z.string() }
  server.registerTool('echo', { inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }))
  server.registerTool('broken', { inputSchema }, ({ text }) => {
    throw new Error(`401 Unauthorized: ${text}`)
  })
  return server
}

/** The same over the low-level API, with one tool a page. */
export function pagedServer(): Server {
  const server = new Server({ name: 'paged', version: '1.0.0' }, { capabilities: { tools: {} } })
  const names = ['first', 'second', 'third']
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const at = Number(params?.cursor ?? 0)
    const tools = [{ name: names[at] ?? '', inputSchema: { type: 'object' as const } }]
    return at < 2 ? { tools, nextCursor: String(at + 1) } : { tools }
  })
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
    content: [{ type: 'text', text: params.name }],
  }))
  return server
}

export async function connectInMemory(server: McpServer | Server): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'test-client', version: '1.2.3' })
  await Promise.all([server.connect(far), client.connect(near)])
  return client
}

/** A server with the support tool, and a client on it. */
export async function connectWithSupport(
  options: SupportToolOptions,
  server: McpServer | Server = docuApiServer(),
  timing: Timing = quick,
) {
  const handle = register(server, options, timing)
  return { client: await connectInMemory(server), handle, server }
}

type HttpOptions = { sessions: boolean; json?: boolean; onSend?(message: unknown): void }

/** The server over Streamable HTTP. A bearer token names its user: `Bearer alex` is alex. */
export function serveHttp(
  make: () => McpServer | Server,
  { sessions, json = false, onSend }: HttpOptions,
) {
  const transports = new Map<string, WebStandardStreamableHTTPServerTransport>()
  const open = async () => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      ...(sessions && {
        sessionIdGenerator: () => crypto.randomUUID(),
        onsessioninitialized: (id: string) => void transports.set(id, transport),
      }),
      enableJsonResponse: json,
    })
    const { send } = transport
    transport.send = (message, options) => {
      onSend?.(message)
      return send.call(transport, message, options)
    }
    await make().connect(transport)
    return transport
  }
  const http = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const known = transports.get(request.headers.get('mcp-session-id') ?? '')
      const authInfo = verified(request.headers.get('authorization'))
      return (known ?? (await open())).handleRequest(request, authInfo && { authInfo })
    },
  })
  return { url: `http://127.0.0.1:${http.port}/mcp`, close: () => http.stop(true) }
}

function verified(authorization: string | null): AuthInfo | undefined {
  const token = authorization?.replace('Bearer ', '')
  if (!token) return undefined
  const extra = {
    iss: 'https://id.docuapi.example',
    sub: token,
    email: `${token}@company.com`,
    upn: `${token}@directory.company.com`,
  }
  return { token, clientId: 'test', scopes: [], extra: token === 'nobody' ? {} : extra }
}

export async function connectHttp(url: string, user?: string, sessionId?: string): Promise<Client> {
  const headers: Record<string, string> = user ? { authorization: `Bearer ${user}` } : {}
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    ...(sessionId && { sessionId }),
  })
  const client = new Client({ name: 'http-client', version: '1.0.0' })
  await client.connect(transport as Parameters<Client['connect']>[0])
  return client
}

export const names = async (client: Client) =>
  (await client.listTools()).tools.map((tool) => tool.name)

export const ask = (client: Client, more: Record<string, unknown> = {}) =>
  client.callTool({
    name: 'get_support_tool',
    arguments: {
      title: 'Authentication fails',
      description: 'I get 401 whatever I try.',
      email: 'alex@company.com',
      ...more,
    },
  })

export const textOf = (result: unknown) =>
  (result as { content: { text?: string }[] }).content.map((block) => block.text).join('\n')
