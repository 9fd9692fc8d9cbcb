import { randomUUID } from 'node:crypto'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import {
  NodeStreamableHTTPServerTransport,
  type StreamableHTTPServerTransportOptions,
  toNodeHandler,
} from '@modelcontextprotocol/node'
import {
  type CreateMcpHandlerOptions,
  createMcpHandler,
  InMemoryTransport,
} from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { given } from '../given.ts'
import type { Open, Support, UserOf } from '../kind.ts'
import { bearer, type Handle, serveWeb } from '../web.ts'
import { connect } from './peer.ts'
import { attach, type Make } from './servers.ts'

/** A server object for each client, all in this process. */
export const inMemory =
  (make: Make): Open =>
  async (support) => ({
    peer: async () => {
      const [near, far] = InMemoryTransport.createLinkedPair()
      await make(support).connect(far)
      return connect(near, false)
    },
    close: async () => {},
  })

/** Registers the support tool when the server is connected already. */
export const connectedFirst =
  (make: Make): Open =>
  async (support) => ({
    peer: async () => {
      const [near, far] = InMemoryTransport.createLinkedPair()
      const server = make(undefined)
      await server.connect(far)
      attach(server, support)
      return connect(near, false)
    },
    close: async () => {},
  })

/** What serves a process's stdio, on a pair of transports instead. */
export const served =
  (make: Make, isModern: boolean): Open =>
  async (support) => {
    let latest: ReturnType<Make> | undefined
    const factory = () => {
      latest = make(support)
      return latest
    }
    return {
      peer: async () => {
        const [near, far] = InMemoryTransport.createLinkedPair()
        serveStdio(factory, { transport: far })
        return connect(near, isModern)
      },
      changed: () => void latest?.sendToolListChanged(),
      close: async () => {},
    }
  }

/** A process for each client: this program, told what to serve. */
export const stdio =
  (make: Make, isModern: boolean): Open =>
  async (support) => ({
    peer: async () => {
      const [command = '', ...args] = given.command
      const SERVE = JSON.stringify({ make: make.name, support })
      const env = { PATH: process.env.PATH ?? '', SERVE }
      const transport = new StdioClientTransport({ command, args, env, stderr: 'inherit' })
      return connect(transport, isModern)
    },
    apart: true,
    close: async () => {},
  })

type Serve = (support: Support) => { handle: Handle; changed?: () => void }

const overWeb =
  (user: UserOf, isModern: boolean, serve: Serve): Open =>
  async (support) => {
    const { handle, changed } = serve(support)
    const web = await serveWeb(handle)
    return {
      peer: (who) => {
        const requestInit = { headers: bearer(user?.(who)) }
        return connect(new StreamableHTTPClientTransport(web.url, { requestInit }), isModern)
      },
      ...(changed && { changed }),
      answers: web.answers,
      close: web.close,
    }
  }

type Options = Partial<StreamableHTTPServerTransportOptions>

const open = async (make: Make, support: Support, options: Options) => {
  const all = { sessionIdGenerator: undefined, ...options }
  const transport = new NodeStreamableHTTPServerTransport(
    all as StreamableHTTPServerTransportOptions,
  )
  await make(support).connect(transport)
  return transport
}

export const sessions = (make: Make, user: UserOf, options = (): Options => ({})): Open =>
  overWeb(user, false, (support) => {
    const known = new Map<string, NodeStreamableHTTPServerTransport>()
    const handle: Handle = async (request, response) => {
      const session = known.get(String(request.headers['mcp-session-id']))
      if (session) return session.handleRequest(request, response)
      const opened = await open(make, support, {
        ...options(),
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id: string) => void known.set(id, opened),
      })
      return opened.handleRequest(request, response)
    }
    return { handle }
  })

/** A server and a transport for each request, gone with its answer. */
export const stateless = (make: Make, user: UserOf, enableJsonResponse = false): Open =>
  overWeb(user, false, (support) => {
    const handle: Handle = async (request, response) => {
      if (request.method !== 'POST') return response.writeHead(405).end()
      const transport = await open(make, support, { enableJsonResponse })
      response.on('close', () => transport.close())
      return transport.handleRequest(request, response)
    }
    return { handle }
  })

/** A server for each request, made by the SDK itself. */
export const handler = (
  make: Make,
  user: UserOf,
  isModern: boolean,
  options: CreateMcpHandlerOptions = {},
): Open =>
  overWeb(user, isModern, (support) => {
    const made = createMcpHandler(() => make(support), options)
    const handle = toNodeHandler(made) as Handle
    return { handle, changed: () => made.notify.toolsChanged() }
  })
