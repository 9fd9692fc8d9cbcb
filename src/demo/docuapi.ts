import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { registerSupportTool, type SupportToolOptions } from '#sdk/index.ts'

/** DocuAPI, an MCP server with one tool that works, one that fails, and support. */
export function docuApi(support: SupportToolOptions): McpServer {
  const server = new McpServer({ name: 'docuapi', version: '2.3.1' })

  server.registerTool(
    'list_topics',
    { description: 'Lists what the documentation covers.' },
    () => ({
      content: [{ type: 'text', text: 'authentication, users, webhooks' }],
    }),
  )

  server.registerTool(
    'search_docs',
    { description: 'Searches the documentation.', inputSchema: { query: z.string() } },
    () => {
      throw new Error('401 Unauthorized from GET /api/search: the API key has expired')
    },
  )

  registerSupportTool(server, support)
  return server
}
