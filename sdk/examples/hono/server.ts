/**
 * DocuAPI in a Hono app whose users sign in, with `createMcpHandler` of
 * `@modelcontextprotocol/server` (v2). A ticket carries who the verified token speaks for, and
 * that person's calls.
 *
 *   bun sdk/examples/hono/server.ts --port 3001
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { registerSupportTool, type SupportToolHandle } from '@mcp-obs/sdk'
import { createMcpHonoApp } from '@modelcontextprotocol/hono'
import {
  createMcpHandler,
  McpServer,
  OAuthError,
  OAuthErrorCode,
  type OAuthTokenVerifier,
  requireBearerAuth,
} from '@modelcontextprotocol/server'
import { z } from 'zod'

const { values } = parseArgs({ options: { port: { type: 'string', default: '3001' } } })

let support: SupportToolHandle | undefined

/** A server object for each request. All of them share one queue, so any handle closes it. */
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
    logger: (level, message) => console.error(level, message),
  })
  return server
}

const expectedResource = new URL('https://mcp.docuapi.example/mcp')

/** For this example only: knows one token. Yours checks a signature, or asks who issued it. */
const verifier: OAuthTokenVerifier = {
  async verifyAccessToken(token) {
    if (token !== 'token-of-alex')
      throw new OAuthError(OAuthErrorCode.InvalidToken, 'Unknown token')
    const expiresAt = Date.now() / 1000 + 3600
    const user = { iss: 'https://id.docuapi.example', sub: 'alex', email: 'alex@company.com' }
    const resource = expectedResource
    return { token, clientId: 'raise-a-ticket', scopes: [], expiresAt, resource, extra: user }
  },
}

const handler = createMcpHandler(docuApi)
const verify = requireBearerAuth({ verifier, expectedResource })
const app = createMcpHonoApp() // answers to localhost only, against DNS rebinding

app.all('/mcp', async ({ req }) => {
  const authInfo = await verify(req.raw)
  return authInfo instanceof Response ? authInfo : handler.fetch(req.raw, { authInfo })
})

const listener = serve(
  { fetch: app.fetch, port: Number(values.port), hostname: '127.0.0.1' },
  ({ port }) => console.log(`DocuAPI listens on http://127.0.0.1:${port}/mcp`),
)

/** Sends the tickets that wait for the desk, then ends. */
async function stop() {
  listener.close()
  await support?.close()
  process.exit()
}
process.once('SIGINT', stop).once('SIGTERM', stop)
