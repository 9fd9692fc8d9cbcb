/**
 * DocuAPI over stdio, with `McpServer` of `@modelcontextprotocol/sdk` (v1).
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { registerSupportTool } from '@mcp-obs/sdk'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { z } from 'zod'

const server = new McpServer({ name: 'docuapi', version: '2.3.1' })

server.registerTool('list_topics', { description: 'Lists what the documentation covers.' }, () => ({
  content: [{ type: 'text', text: 'authentication, users, webhooks' }],
}))

server.registerTool(
  'search_docs',
  { description: 'Searches the documentation.', inputSchema: { query: z.string() } },
  () => {
    throw new Error('401 Unauthorized from GET /api/search: the API key has expired')
  },
)
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
