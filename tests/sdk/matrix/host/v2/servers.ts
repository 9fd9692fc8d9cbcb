import { registerSupportTool } from '@mcp-obs/sdk'
import {
  acceptedContent,
  inputRequired,
  McpServer,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import { faults } from '../faults.ts'
import type { Support } from '../kind.ts'
import { type Extra, tools } from '../tools.ts'

type AnyServer = McpServer | Server
export type Make = (support: Support) => AnyServer

export const version = '2.3.1'
const info = (name: string) => ({ name, version })

export function attach<S extends AnyServer>(server: S, support: Support): S {
  if (support) registerSupportTool(server, { ...support, logger: faults.logger })
  return server
}

const inputSchema = z.object({ text: z.string() })
const sure = z.object({ sure: z.boolean() })

/** Registers the support tool between its own: the order does not matter. */
export const highLevel: Make = (support) => {
  const capabilities = { logging: {} }
  const server = new McpServer(info('high-level'), { capabilities })
  server.registerTool('echo', { inputSchema }, tools.echo)
  attach(server, support)
  server.registerTool('broken', { inputSchema }, tools.broken)
  server.registerTool('counted', { inputSchema }, (given, ctx) =>
    tools.counted(given, extraOf(ctx)),
  )
  server.registerTool('slow', { inputSchema }, (given, ctx) => tools.slow(given, extraOf(ctx)))
  server.registerTool('interrupted', { inputSchema }, (given, ctx) =>
    tools.interrupted(given, extraOf(ctx)),
  )
  const outputSchema = z.object({ length: z.number() })
  server.registerTool('measured', { inputSchema, outputSchema }, tools.measured)
  server.registerTool('confirmed', { inputSchema }, async ({ text }, ctx) => {
    const answer = acceptedContent(ctx.mcpReq.inputResponses, 'sure', sure)
    if (answer?.sure) return { content: [{ type: 'text', text: `confirmed ${text}` }] }
    const question = { message: `Is ${text} right?`, requestedSchema: sure }
    return inputRequired({ inputRequests: { sure: inputRequired.elicit(question) } })
  })
  return server
}

const extraOf = ({ mcpReq, http }: ServerContext): Extra => ({
  signal: mcpReq.signal,
  closeSSEStream: http?.closeSSE,
  _meta: mcpReq._meta as Extra['_meta'],
  sendNotification: (notification) => mcpReq.notify(notification),
})

/** The low-level server lists and calls its tools by itself. */
export const lowLevel: Make = (support) => {
  const capabilities = { tools: {}, logging: {} }
  const server = new Server(info('low-level'), { capabilities })
  attach(server, support)
  const own = ['echo', 'broken', 'counted', 'slow'] as const
  const schema = { type: 'object' as const, properties: { text: { type: 'string' as const } } }
  server.setRequestHandler('tools/list', () => ({
    tools: own.map((name) => ({ name, inputSchema: schema })),
  }))
  answerCalls(server, own)
  return server
}

/** One tool a page. */
export const paged: Make = (support) => {
  const server = new Server(info('paged'), { capabilities: { tools: {} } })
  attach(server, support)
  const own = ['echo', 'broken', 'slow'] as const
  server.setRequestHandler('tools/list', ({ params }) => {
    const at = Number(params?.cursor ?? 0)
    const page = [{ name: own[at] ?? '', inputSchema: { type: 'object' as const } }]
    return at < 2 ? { tools: page, nextCursor: String(at + 1) } : { tools: page }
  })
  answerCalls(server, own)
  return server
}

function answerCalls(server: Server, own: readonly ('echo' | 'broken' | 'counted' | 'slow')[]) {
  server.setRequestHandler('tools/call', ({ params }, ctx) => {
    const name = own.find((tool) => tool === params.name)
    if (!name) throw new Error(`no tool ${params.name}`)
    return tools[name]({ text: String(params.arguments?.text) }, extraOf(ctx))
  })
}

/** No tools, no capability, no handler: only what the support tool brings. */
export const empty: Make = (support) => attach(new McpServer(info('empty')), support)
export const bare: Make = (support) =>
  attach(new Server(info('bare'), { capabilities: {} }), support)
