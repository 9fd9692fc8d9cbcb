import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  type EventStore,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import * as types from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { about, answers, capabilities } from './answers.ts'
import type { Peer } from './features.ts'

const schemas = [
  types.ListToolsRequestSchema,
  types.CallToolRequestSchema,
  types.ListResourcesRequestSchema,
  types.ListResourceTemplatesRequestSchema,
  types.ReadResourceRequestSchema,
  types.SubscribeRequestSchema,
  types.UnsubscribeRequestSchema,
  types.ListPromptsRequestSchema,
  types.GetPromptRequestSchema,
  types.CompleteRequestSchema,
  types.SetLevelRequestSchema,
] as const

function everything(): Server {
  const server = new Server(about, { capabilities })
  for (const schema of schemas)
    server.setRequestHandler(schema, ({ method, params }, extra) => {
      const peer: Peer = {
        progressToken: extra._meta?.progressToken,
        inputs: undefined,
        state: undefined,
        capabilities: {},
        notify: (name, given) =>
          extra.sendNotification({ method: name, params: given } as types.ServerNotification),
        request: (name, given) =>
          extra.sendRequest(
            { method: name, params: given } as types.ServerRequest,
            z.looseObject({}),
          ),
        closeStream: () => extra.closeSSEStream?.(),
      }
      return answers[method]?.((params ?? {}) as Record<string, unknown>, peer) ?? {}
    })
  return server
}

/** v1 over Streamable HTTP with sessions: a server object and a transport for each. */
export function serveV1(attach: (server: Server) => void) {
  const transports = new Map<string, WebStandardStreamableHTTPServerTransport>()
  return async (request: Request) => {
    const id = request.headers.get('mcp-session-id')
    const known = transports.get(id ?? '')
    if (known) return known.handleRequest(request)
    if (id) return Response.json({ error: 'no such session' }, { status: 404 })
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (opened) => void transports.set(opened, transport),
      onsessionclosed: (closed) => void transports.delete(closed),
      eventStore: eventStore(),
      retryInterval: 500,
    })
    const server = everything()
    attach(server)
    await server.connect(transport)
    return transport.handleRequest(request)
  }
}

/** Keeps what was sent, for a client that lost its stream. */
function eventStore(): EventStore {
  const events: { id: string; stream: string; message: types.JSONRPCMessage }[] = []
  return {
    storeEvent: async (stream, message) => {
      const id = `${stream}_${events.length}`
      events.push({ id, stream, message })
      return id
    },
    replayEventsAfter: async (last, { send }) => {
      const at = events.findIndex(({ id }) => id === last)
      const stream = events[at]?.stream ?? ''
      for (const event of events.slice(at + 1))
        if (event.stream === stream && 'jsonrpc' in event.message)
          await send(event.id, event.message)
      return stream
    },
  }
}
