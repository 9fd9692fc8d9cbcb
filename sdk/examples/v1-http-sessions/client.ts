/**
 * Sees a tool fail, and raises a ticket. Starts the server beside it where `--url` names none.
 *
 *   bun sdk/examples/v1-http-sessions/client.ts --email alex@company.com
 *   bun sdk/examples/v1-http-sessions/client.ts --url http://127.0.0.1:3001/mcp
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { raiseOverHttp } from '../steps.ts'

await raiseOverHttp(import.meta.url, async (url) => {
  const client = new Client({ name: 'raise-a-ticket', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(url) as Transport)
  return client
})
