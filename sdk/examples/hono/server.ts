/**
 * DocuAPI in a Hono app whose users sign in, with `createMcpHandler` of
 * `@modelcontextprotocol/server` (v2). A ticket carries who the verified token speaks for, and
 * that person's calls.
 *
 *   bun sdk/examples/hono/server.ts --port 3001
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server. It accepts the tokens of
 * the desk, where the desk signs your users in, or else of the issuer that ISSUER_URL names.
 * RESOURCE_URL is where clients reach this server, such as http://127.0.0.1:3001/mcp.
 */
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { registerSupportTool, type SupportToolHandle } from '@mcp-obs/sdk'
import { createTokenVerifier } from '@mcp-obs/sdk/verify'
import { createMcpHonoApp } from '@modelcontextprotocol/hono'
import { createMcpHandler, McpServer, requireBearerAuth } from '@modelcontextprotocol/server'
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

const verifier = createTokenVerifier({
  url: process.env.ISSUER_URL ?? process.env.MCP_OBS_URL,
  // The address of this server as clients know it.
  resource: process.env.RESOURCE_URL ?? 'https://docuapi.example/mcp',
})
const { protectedResourceMetadata, resourceMetadataUrl } = verifier

const handler = createMcpHandler(docuApi)
const verify = requireBearerAuth({ verifier, resourceMetadataUrl })
const app = createMcpHonoApp() // answers to localhost only, against DNS rebinding

app.get(new URL(resourceMetadataUrl).pathname, (c) =>
  c.json(protectedResourceMetadata, 200, { 'access-control-allow-origin': '*' }),
)
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
