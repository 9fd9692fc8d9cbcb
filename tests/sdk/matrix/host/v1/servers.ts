import { registerSupportTool } from '@mcp-obs/sdk'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { faults } from '../faults.ts'
import type { Support } from '../kind.ts'
import { type Extra, tools } from '../tools.ts'

/** Makes a server and connects it. */
export type Make = (support: Support, transport: Transport) => Promise<void>

export const version = '2.3.1'

function attach<S extends McpServer | Server>(server: S, support: Support): S {
  if (support) registerSupportTool(server, { ...support, logger: faults.logger })
  return server
}

/** Versions before 1.11.4 know no structured results. */
export const measures = typeof McpServer.prototype.registerTool === 'function'

/** Registers the support tool between its own: the order does not matter. */
function ownTools(support: Support): McpServer {
  const server = new McpServer({ name: 'high-level', version }, { capabilities: { logging: {} } })
  // The oldest versions have no other; the newest have it still.
  server.tool('echo', { text: z.string() }, tools.echo)
  attach(server, support)
  server.tool('broken', { text: z.string() }, tools.broken)
  server.tool('counted', { text: z.string() }, ({ text }, extra) =>
    tools.counted({ text }, extra as Extra),
  )
  server.tool('slow', { text: z.string() }, ({ text }, extra) =>
    tools.slow({ text }, extra as Extra),
  )
  if (!measures) return server
  const inputSchema = { text: z.string() }
  const outputSchema = { length: z.number() }
  server.registerTool('measured', { inputSchema, outputSchema }, tools.measured)
  server.registerTool('interrupted', { inputSchema }, ({ text }, extra) =>
    tools.interrupted({ text }, extra as Extra),
  )
  return server
}

export const highLevel: Make = (support, transport) => ownTools(support).connect(transport)
export const connectedFirst: Make = async (support, transport) => {
  const server = ownTools(undefined)
  await server.connect(transport)
  attach(server, support)
}

/** The low-level server lists and calls its tools by itself. */
export const lowLevel: Make = (support, transport) => {
  const capabilities = { tools: {}, logging: {} }
  const server = attach(new Server({ name: 'low-level', version }, { capabilities }), support)
  const own = ['echo', 'broken', 'counted', 'slow'] as const
  const inputSchema = { type: 'object' as const, properties: { text: { type: 'string' } } }
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: own.map((name) => ({ name, inputSchema })),
  }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
    const name = own.find((tool) => tool === params.name)
    if (!name) throw new Error(`no tool ${params.name}`)
    const text = String(params.arguments?.text)
    return tools[name]({ text }, extra as Extra)
  })
  return server.connect(transport)
}

/** No tools, no capability, no handler: only what the support tool brings. */
export const empty: Make = (support, transport) =>
  attach(new McpServer({ name: 'empty', version }), support).connect(transport)
export const bare: Make = (support, transport) =>
  attach(new Server({ name: 'bare', version }, { capabilities: {} }), support).connect(transport)

/** One tool a page. */
export const paged: Make = (support, transport) => {
  const capabilities = { tools: {} }
  const server = attach(new Server({ name: 'paged', version }, { capabilities }), support)
  const names = ['echo', 'broken', 'slow'] as const
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const at = Number(params?.cursor ?? 0)
    const page = [{ name: names[at] ?? '', inputSchema: { type: 'object' as const } }]
    return at < 2 ? { tools: page, nextCursor: String(at + 1) } : { tools: page }
  })
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
    const name = names.find((tool) => tool === params.name)
    if (!name) throw new Error(`no tool ${params.name}`)
    return tools[name]({ text: String(params.arguments?.text) }, extra as Extra)
  })
  return server.connect(transport)
}
