/**
 * DocuAPI over stdio, with the low-level `Server` of `@modelcontextprotocol/sdk` (v1), which
 * answers each request itself.
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { registerSupportTool } from '@mcp-obs/sdk'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js'

const tools: Tool[] = [
  {
    name: 'list_topics',
    description: 'Lists what the documentation covers.',
    inputSchema: { type: 'object' },
  },
  {
    name: 'search_docs',
    description: 'Searches the documentation.',
    inputSchema: {
      type: 'object',
      properties: { query: { type: 'string' } },
      required: ['query'],
    },
  },
]

const server = new Server({ name: 'docuapi', version: '2.3.1' }, { capabilities: { tools: {} } })

server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }))

server.setRequestHandler(CallToolRequestSchema, ({ params }): CallToolResult => {
  if (params.name === 'list_topics') return text('authentication, users, webhooks')
  if (params.name === 'search_docs')
    return {
      ...text('401 Unauthorized from GET /api/search: the API key has expired'),
      isError: true,
    }
  throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${params.name}`)
})

const support = registerSupportTool(server, {
  url: process.env.MCP_OBS_URL,
  key: process.env.MCP_OBS_KEY,
  logger: (level, message) => console.error(level, message), // stdout belongs to the protocol
})

await server.connect(new StdioServerTransport())

/** Sends the tickets that wait for the desk, then ends. */
async function stop() {
  await support.close()
  process.exit()
}
process.stdin.once('end', stop)
process.once('SIGINT', stop).once('SIGTERM', stop)

function text(words: string): CallToolResult {
  return { content: [{ type: 'text', text: words }] }
}
