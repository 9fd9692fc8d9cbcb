/**
 * DocuAPI in an Express app whose users sign in, with `@modelcontextprotocol/sdk` (v1). A ticket
 * carries who the verified token speaks for, and that person's calls.
 *
 *   bun sdk/examples/express/server.ts --port 3001
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server. It accepts the tokens of
 * the desk, where the desk signs your users in, or else of the issuer that ISSUER_URL names.
 * RESOURCE_URL is where clients reach this server, such as http://127.0.0.1:3001/mcp.
 */
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { registerSupportTool, type SupportToolHandle } from '@mcp-obs/sdk'
import { createTokenVerifier } from '@mcp-obs/sdk/verify'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { localhostHostValidation } from '@modelcontextprotocol/sdk/server/middleware/hostHeaderValidation.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import express from 'express'
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
    { description: 'Searches the documentation.', inputSchema: { query: z.string() } },
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
  invalidToken: (message) => new InvalidTokenError(message),
})
const { protectedResourceMetadata, resourceMetadataUrl } = verifier

const app = express()
// Against DNS rebinding. Behind a proxy: hostHeaderValidation(['docuapi.example']).
app.use(localhostHostValidation())
app.get(new URL(resourceMetadataUrl).pathname, (_, response) => {
  response.set('access-control-allow-origin', '*').json(protectedResourceMetadata)
})
app.use('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl }), express.json())

app.post('/mcp', async (request, response) => {
  const server = docuApi()
  response.on('close', () => void server.close())
  const transport = new StreamableHTTPServerTransport()
  await server.connect(transport as Transport)
  await transport.handleRequest(request, response, request.body)
})
app.all('/mcp', (_, response) => void response.status(405).set('allow', 'POST').end())

const listener = app.listen(Number(values.port), '127.0.0.1', (error) => {
  if (error) throw error
  const { port } = listener.address() as AddressInfo
  console.log(`DocuAPI listens on http://127.0.0.1:${port}/mcp`)
})

/** Sends the tickets that wait for the desk, then ends. */
async function stop() {
  listener.close()
  await support?.close()
  process.exit()
}
process.once('SIGINT', stop).once('SIGTERM', stop)
