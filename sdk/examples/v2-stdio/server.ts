/**
 * DocuAPI over stdio, with `serveStdio` of `@modelcontextprotocol/server` (v2): both protocol
 * eras, 2025-11-25 and 2026-07-28.
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { registerSupportTool, type SupportToolHandle } from '@mcp-obs/sdk'
import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { z } from 'zod'

let support: SupportToolHandle | undefined

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
    logger: (level, message) => console.error(level, message), // stdout belongs to the protocol
  })
  return server
}

serveStdio(docuApi)

/** Sends the tickets that wait for the desk, then ends. */
async function stop() {
  await support?.close()
  process.exit()
}
process.stdin.once('end', stop)
process.once('SIGINT', stop).once('SIGTERM', stop)
