import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { z } from 'zod'
import { register } from '../../../sdk/src/register.ts'
import { quick } from '../desk.ts'

export type Desk = { url: string; key: string }

/** Who may be told apart by what: the session, the verified user, or nothing at all. */
export type Mode = 'sessions' | 'users' | 'anonymous'

/** A company's server. `work` does what its arguments say, and notes that it was called. */
function companyServer(desk: Desk, served: (call: string) => void): McpServer {
  const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
  const inputSchema = { call: z.string(), ticks: z.number(), fail: z.boolean() }
  server.registerTool('work', { inputSchema }, async ({ call, ticks, fail }) => {
    served(call)
    for (let tick = 0; tick < ticks; tick++) await nextTick()
    if (fail) throw new Error(`failed: ${call}`)
    return { content: [{ type: 'text', text: call }] }
  })
  register(server, desk, quick)
  return server
}

/** The server over Streamable HTTP, answering requests in this process as a web framework would. */
export function openHost(desk: Desk, { sessions = true, json = false, oneSession = false } = {}) {
  const transports = new Map<string, WebStandardStreamableHTTPServerTransport>()
  const served = new Set<string>()

  const open = async () => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      ...(sessions && {
        sessionIdGenerator: () => crypto.randomUUID(),
        onsessioninitialized: (id: string) => void transports.set(id, transport),
        onsessionclosed: (id: string) => void transports.delete(id),
      }),
      enableJsonResponse: json,
    })
    if (oneSession) transport.sessionId = 'one for all'
    await companyServer(desk, (call) => served.add(call)).connect(transport)
    return transport
  }
  const fetch = async (url: string | URL, init?: RequestInit) => {
    const request = new Request(String(url), init)
    if (request.method === 'GET') return new Response(null, { status: 405 })
    const known = transports.get(request.headers.get('mcp-session-id') ?? '')
    const authInfo = verified(request.headers.get('authorization'))
    return (known ?? (await open())).handleRequest(request, authInfo && { authInfo })
  }
  return { fetch, served }
}

export type Host = ReturnType<typeof openHost>

/** `Bearer alex` is alex; `Bearer nobody` is a valid token that names no one. */
function verified(authorization: string | null): AuthInfo | undefined {
  const token = authorization?.replace('Bearer ', '')
  if (!token) return undefined
  const extra = { iss: 'https://id.docuapi.example', sub: token, email: `${token}@company.com` }
  return { token, clientId: 'test', scopes: [], extra: token === 'nobody' ? {} : extra }
}

export const nextTick = () => new Promise<void>((resolve) => void setImmediate(resolve))
