import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { z } from 'zod'
import { attachment } from './attach.ts'
import { timedStdio } from './timed-stdio.ts'

/** One MCP server with one variant: `server.js <variant> <address of the sink>`. */
const [variant = 'plain', sink = ''] = process.argv.slice(2)

const before = performance.now()
const attach = await attachment(variant, sink)
const imported = performance.now() - before

const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
const creating = performance.now()
// Sentry wraps what is registered after it, agentcat both; ours does not care.
attach(server)
const attached = performance.now() - creating

server.registerTool('look_up', { inputSchema: { title: z.string() } }, ({ title }) => ({
  content: [{ type: 'text', text: `${title}: found` }],
}))
server.registerTool(
  'publish',
  { inputSchema: { document: z.record(z.string(), z.unknown()) } },
  ({ document }) => {
    throw new Error(
      `502 Bad Gateway: https://api.docuapi.example/v2/documents/${document.id} answered "upstream connect error or disconnect/reset before headers" after 3 attempts`,
    )
  },
)
await server.connect(timedStdio(imported + attached) as Transport)
