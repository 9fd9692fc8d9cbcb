/**
 * Starts the server beside it, sees a tool fail, and raises a ticket.
 *
 *   bun sdk/examples/low-level/client.ts --email alex@company.com
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { raiseOverStdio } from '../steps.ts'

await raiseOverStdio(import.meta.url, async (server) => {
  const client = new Client({ name: 'raise-a-ticket', version: '1.0.0' })
  const env = process.env as Record<string, string>
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [server], env }))
  return client
})
