/**
 * DocuAPI over Streamable HTTP, with `createMcpHandler` of `@modelcontextprotocol/server` (v2):
 * one server for each request, both protocol eras. Nothing tells anonymous callers apart, so a
 * ticket comes without earlier calls; the story `hono` has signed-in users, and their calls.
 *
 *   bun sdk/examples/v2-handler/server.ts --port 3001
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { registerSupportTool, type SupportToolHandle } from '@mcp-obs/sdk'
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'

const { values } = parseArgs({ options: { port: { type: 'string', default: '3001' } } })

let support: SupportToolHandle | undefined

/** A server object for each request. All of them share one queue, so any handle closes it. */
function docuApi(): McpServer {
  const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
  server.registerTool(
    'list_topics',
    { description: 'Lists what the documentation covers.' },
    () => ({ content: [{ type: 'text', text: 'authentication, users, webhooks' }] }),
  )
  server.registerTool(
    'search_docs',
    {
      description: 'Searches the documentation.',
      inputSchema: z.object({ query: z.string() }),
    },
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

const handler = toNodeHandler(createMcpHandler(docuApi)) as RequestListener
const validHost = localhostHostValidation() // against DNS rebinding
const validOrigin = localhostOriginValidation()

const listener = createServer((request, response) => {
  if (!validHost(request, response) || !validOrigin(request, response)) return
  if (request.url === '/mcp') handler(request, response)
  else response.writeHead(404).end()
})

listener.listen(Number(values.port), '127.0.0.1', () => {
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
