import type { AddressInfo } from 'node:net'
import { requireBearerAuth as v2Express } from '@modelcontextprotocol/express'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth as v1 } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import {
  createMcpHandler,
  McpServer,
  requireBearerAuth as v2Fetch,
} from '@modelcontextprotocol/server'
import express, { type RequestHandler } from 'express'
import type { SupportToolOptions } from '../../../sdk/src/options.ts'
import { register } from '../../../sdk/src/register.ts'
import { createTokenVerifier, type TokenVerifierOptions } from '../../../sdk/src/verify.ts'
import { quick } from '../desk.ts'
import { docuApiServer } from '../hosts.ts'

/** A company's server that takes verified users only, and how it is stopped. */
export type Host = { url: string; close(): unknown }
export type Open = (support: SupportToolOptions, verifier: TokenVerifierOptions) => Promise<Host>

/** MCP SDK v1 in Express 5: its middleware knows no error but its own. */
export const v1InExpress: Open = async (support, options) => {
  const invalidToken = (message: string) => new InvalidTokenError(message)
  const verifier = createTokenVerifier({ ...options, invalidToken })
  const { resourceMetadataUrl } = verifier
  return serve(v1({ verifier, resourceMetadataUrl }), verifier, async (req, res) => {
    const server = docuApiServer()
    register(server, support, quick)
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport as Parameters<typeof server.connect>[0])
    await transport.handleRequest(req, res)
  })
}

/** MCP SDK v2's middleware for Express before the same. */
export const v2InExpress: Open = async (support, options) => {
  const verifier = createTokenVerifier(options)
  const handler = v2Handler(support)
  const { resourceMetadataUrl } = verifier
  const gate = v2Express({
    verifier,
    resourceMetadataUrl,
    expectedResource: new URL(verifier.protectedResourceMetadata.resource),
  })
  return serve(gate, verifier, async (req, res) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of req) chunks.push(chunk)
    const request = new Request(`http://127.0.0.1${req.originalUrl}`, {
      method: req.method,
      headers: Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
      ...(req.method === 'POST' && { body: Buffer.concat(chunks) }),
    })
    const response = await handler.fetch(request, req.auth && { authInfo: req.auth })
    res.status(response.status).set(Object.fromEntries(response.headers))
    res.end(await response.text())
  })
}

/** MCP SDK v2 where requests and responses are the web's. */
export const v2InBun: Open = async (support, options) => {
  const verifier = createTokenVerifier(options)
  const { protectedResourceMetadata, resourceMetadataUrl } = verifier
  const gate = v2Fetch({ verifier, resourceMetadataUrl })
  const handler = v2Handler(support)
  const http = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    routes: {
      [new URL(resourceMetadataUrl).pathname]: Response.json(protectedResourceMetadata),
      '/mcp': async (request) => {
        const authInfo = await gate(request)
        return authInfo instanceof Response ? authInfo : handler.fetch(request, { authInfo })
      },
    },
  })
  return { url: `http://127.0.0.1:${http.port}/mcp`, close: () => http.stop(true) }
}

const v2Handler = (support: SupportToolOptions) =>
  createMcpHandler(() => {
    const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
    register(server, support, quick)
    return server
  })

async function serve(
  gate: RequestHandler,
  { resourceMetadataUrl, protectedResourceMetadata }: ReturnType<typeof createTokenVerifier>,
  handle: RequestHandler,
): Promise<Host> {
  const app = express()
  app.get(
    new URL(resourceMetadataUrl).pathname,
    (_, res) => void res.json(protectedResourceMetadata),
  )
  app.all('/mcp', gate, handle)
  const http = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  const { port } = http.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/mcp`, close: () => http.close() }
}
