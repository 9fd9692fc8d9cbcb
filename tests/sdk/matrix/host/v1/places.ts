import { randomUUID } from 'node:crypto'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js'
import {
  StreamableHTTPServerTransport,
  type StreamableHTTPServerTransportOptions,
} from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { given } from '../given.ts'
import type { Open, Support, UserOf } from '../kind.ts'
import { bearer, type Handle, serveWeb } from '../web.ts'
import { connect } from './peer.ts'
import type { Make } from './servers.ts'

/** A server object for each client, all in this process. */
export const inMemory =
  (make: Make): Open =>
  async (support) => ({
    peer: async () => {
      const [near, far] = InMemoryTransport.createLinkedPair()
      await make(support, far)
      return connect(near)
    },
    close: async () => {},
  })

/** A process for each client: this program, told what to serve. */
export const stdio =
  (make: Make): Open =>
  async (support) => ({
    peer: async () => {
      const [command = '', ...args] = given.command
      const SERVE = JSON.stringify({ make: make.name, support })
      const env = { PATH: process.env.PATH ?? '', SERVE }
      return connect(new StdioClientTransport({ command, args, env, stderr: 'inherit' }))
    },
    apart: true,
    close: async () => {},
  })

type Serve = (support: Support) => Handle
type Dial = (url: URL, headers: Record<string, string>) => object

const overWeb =
  (user: UserOf, serve: Serve, dial: Dial): Open =>
  async (support) => {
    const web = await serveWeb(serve(support))
    return {
      peer: (who) => connect(dial(web.url, bearer(user?.(who)))),
      answers: web.answers,
      close: web.close,
    }
  }

const streamable: Dial = (url, headers) =>
  new StreamableHTTPClientTransport(url, { requestInit: { headers } })

const open = async (
  make: Make,
  support: Support,
  options: Partial<StreamableHTTPServerTransportOptions>,
) => {
  const all = { sessionIdGenerator: undefined, ...options }
  const transport = new StreamableHTTPServerTransport(all as StreamableHTTPServerTransportOptions)
  await make(support, transport as Transport)
  return transport
}

export const sessions = (make: Make, user: UserOf, options = () => ({})): Open => {
  const serve: Serve = (support) => {
    const known = new Map<string, StreamableHTTPServerTransport>()
    return async (request, response) => {
      const given = known.get(String(request.headers['mcp-session-id']))
      if (given) return given.handleRequest(request, response)
      const opened = await open(make, support, {
        ...options(),
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id: string) => void known.set(id, opened),
      })
      return opened.handleRequest(request, response)
    }
  }
  return overWeb(user, serve, streamable)
}

/** A server and a transport for each request, gone with its answer. */
export const stateless = (make: Make, user: UserOf, enableJsonResponse = false): Open => {
  const serve: Serve = (support) => async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end()
    const transport = await open(make, support, { enableJsonResponse })
    response.on('close', () => transport.close())
    return transport.handleRequest(request, response)
  }
  return overWeb(user, serve, streamable)
}

/** HTTP+SSE of protocol version 2024-11-05: a stream to hear, an address to post to. */
export const sse = (make: Make, user: UserOf): Open => {
  const serve: Serve = (support) => {
    const known = new Map<string, SSEServerTransport>()
    return async (request, response) => {
      const id = new URL(request.url ?? '', 'http://localhost').searchParams.get('sessionId')
      if (id) return known.get(id)?.handlePostMessage(request, response)
      const transport = new SSEServerTransport('/mcp', response)
      known.set(transport.sessionId, transport)
      return make(support, transport)
    }
  }
  const dial: Dial = (url, headers) => new SSEClientTransport(url, { requestInit: { headers } })
  return overWeb(user, serve, dial)
}
