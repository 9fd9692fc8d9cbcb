/**
 * Sees a tool fail, and raises a ticket as a user who has signed in. Starts the server beside it
 * where `--url` names none; ACCESS_TOKEN is then a token that the server accepts.
 *
 *   bun sdk/examples/hono/client.ts --email alex@company.com
 *   bun sdk/examples/hono/client.ts --url http://127.0.0.1:3001/mcp
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { startIssuer } from '../issuer.ts'
import { raiseOverHttp } from '../steps.ts'

const resource = 'https://docuapi.example/mcp'
const issuer = await startIssuer()
process.env.ISSUER_URL = issuer.url // for the server

await raiseOverHttp(import.meta.url, async (url, email) => {
  const token = process.env.ACCESS_TOKEN ?? (await issuer.tokenFor(email, resource))
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  const client = new Client(
    { name: 'raise-a-ticket', version: '1.0.0' },
    { versionNegotiation: { mode: 'auto' } },
  )
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
  return client
})
