#!/usr/bin/env bun
/**
 * DocuAPI, an MCP server with one tool that works, one that fails, and support.
 *
 *   bun sdk/examples/docuapi/server.ts                 over stdio
 *   bun sdk/examples/docuapi/server.ts --http 3030     over Streamable HTTP, with sessions
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { registerSupportTool } from '@mcp-obs/sdk'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'

function docuApi(): McpServer {
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

  registerSupportTool(server, {
    url: process.env.MCP_OBS_URL,
    key: process.env.MCP_OBS_KEY,
    logger: (level, message) => console.error(level, message),
  })
  return server
}

const sessions = new Map<string, StreamableHTTPServerTransport>()

/** One transport and one server for each session, as the MCP SDK documents it. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const known = sessions.get(String(request.headers['mcp-session-id']))
  if (known) return known.handleRequest(request, response)

  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  })
  await docuApi().connect(transport as Parameters<McpServer['connect']>[0])
  return transport.handleRequest(request, response)
}

const { values, positionals } = parseArgs({
  options: { http: { type: 'boolean', default: false } },
  allowPositionals: true,
})

if (values.http) {
  const listener = createServer((request, response) => void handle(request, response))
  listener.listen(Number(positionals[0] ?? 3030), '127.0.0.1', () => {
    const { port } = listener.address() as AddressInfo
    console.error(`DocuAPI listens on http://127.0.0.1:${port}/mcp`)
  })
} else {
  await docuApi().connect(new StdioServerTransport())
}
