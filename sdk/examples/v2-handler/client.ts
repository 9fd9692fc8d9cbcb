/**
 * Sees a tool fail, and raises a ticket. Starts the server beside it where `--url` names none.
 *
 *   bun sdk/examples/v2-handler/client.ts --email alex@company.com
 *   bun sdk/examples/v2-handler/client.ts --url http://127.0.0.1:3001/mcp
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { raiseOverHttp } from '../steps.ts'

await raiseOverHttp(import.meta.url, async (url) => {
  const client = new Client(
    { name: 'raise-a-ticket', version: '1.0.0' },
    { versionNegotiation: { mode: 'auto' } },
  )
  await client.connect(new StreamableHTTPClientTransport(url))
  return client
})
