/**
 * DocuAPI over Streamable HTTP with sessions, with `@modelcontextprotocol/sdk` (v1): one server
 * and one transport for each session.
 *
 *   bun sdk/examples/v1-http-sessions/server.ts --port 3001
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { registerSupportTool, type SupportToolHandle } from '@mcp-obs/sdk'
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'

const { values } = parseArgs({ options: { port: { type: 'string', default: '3001' } } })

let support: SupportToolHandle | undefined

/** A server object for each session. All of them share one queue, so any handle closes it. */
function docuApi(): McpServer {
  const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
  server.registerTool(
    'list_topics',
    { description: 'Lists what the documentation covers.' },
    () => ({ content: [{ type: 'text', text: 'authentication, users, webhooks' }] }),
  )
  server.registerTool(
    'search_docs',
    { description: 'Searches the documentation.', inputSchema: { query: z.string() } },
    () => {
      throw new Error('401 Unauthorized from GET /api/search: the API key has expired')
    },
  )
  support = registerSupportTool(server, {
    url: process.env.MCP_OBS_URL,
    key: process.env.MCP_OBS_KEY,
    logger: (level, message) => console.error(level, message),
  })
  return server
}

const sessions = new Map<string, StreamableHTTPServerTransport>()
const app = createMcpExpressApp() // answers to localhost only, against DNS rebinding

app.all('/mcp', async (request, response) => {
  const id = request.headers['mcp-session-id']
  const known = sessions.get(String(id))
  if (known) return known.handleRequest(request, response, request.body)
  if (id || !isInitializeRequest(request.body)) {
    const error = { code: -32001, message: 'Session not found' }
    return void response.status(id ? 404 : 400).json({ jsonrpc: '2.0', error, id: null })
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (session) => void sessions.set(session, transport),
    onsessionclosed: (session) => void sessions.delete(session),
  })
  await docuApi().connect(transport as Transport)
  return transport.handleRequest(request, response, request.body)
})

const listener = app.listen(Number(values.port), '127.0.0.1', (error) => {
  if (error) throw error
  const { port } = listener.address() as AddressInfo
  console.log(`DocuAPI listens on http://127.0.0.1:${port}/mcp`)
})

/** Sends the tickets that wait for the desk, then ends. */
async function stop() {
  listener.close()
  await support?.close()
  process.exit()
}
process.once('SIGINT', stop).once('SIGTERM', stop)
