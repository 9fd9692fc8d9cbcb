/**
 * Sees a tool fail, and raises a ticket as a user who has signed in. Starts the server beside it
 * where `--url` names none; that one accepts ACCESS_TOKEN, or has its user sign in.
 *
 *   bun sdk/examples/hono/client.ts --email alex@company.com
 *   bun sdk/examples/hono/client.ts --url http://127.0.0.1:3001/mcp --sign-in
 */
import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import { startIssuer } from '../issuer.ts'
import { openSignIn } from '../sign-in.ts'
import { raiseOverHttp } from '../steps.ts'

const resource = 'https://docuapi.example/mcp'
const issuer = await startIssuer()
process.env.ISSUER_URL = issuer.url // for the server

await raiseOverHttp(import.meta.url, async (url, email, signsIn) => {
  if (signsIn) return signIn(url)
  const token = process.env.ACCESS_TOKEN ?? (await issuer.tokenFor(email, resource))
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  const client = newClient()
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
  return client
})

/** The first attempt ends with a 401, after which the SDK has found out where to sign in. */
async function signIn(url: URL) {
  const { provider, answer } = await openSignIn()
  const open = () => new StreamableHTTPClientTransport(url, { authProvider: provider })
  const transport = open()
  const refusal = await newClient()
    .connect(transport)
    .catch((error) => error)
  if (!(refusal instanceof UnauthorizedError)) throw refusal ?? new Error('no sign-in is needed')
  await transport.finishAuth(await answer())
  const client = newClient()
  await client.connect(open())
  return client
}

function newClient() {
  const about = { name: 'raise-a-ticket', version: '1.0.0' }
  return new Client(about, { versionNegotiation: { mode: 'auto' } })
}
