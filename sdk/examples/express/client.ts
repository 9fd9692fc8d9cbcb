/**
 * Sees a tool fail, and raises a ticket as a user who has signed in. Starts the server beside it
 * where `--url` names none; ACCESS_TOKEN is then a token that the server accepts.
 *
 *   bun sdk/examples/express/client.ts --email alex@company.com
 *   bun sdk/examples/express/client.ts --url http://127.0.0.1:3001/mcp
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { startIssuer } from '../issuer.ts'
import { raiseOverHttp } from '../steps.ts'

const resource = 'https://docuapi.example/mcp'
const issuer = await startIssuer()
process.env.ISSUER_URL = issuer.url // for the server

await raiseOverHttp(import.meta.url, async (url, email) => {
  const token = process.env.ACCESS_TOKEN ?? (await issuer.tokenFor(email, resource))
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  const client = new Client({ name: 'raise-a-ticket', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }) as Transport)
  return client
})
