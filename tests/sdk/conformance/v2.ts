import {
  CLIENT_CAPABILITIES_META_KEY,
  createMcpHandler,
  type RequestMethod,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { about, answers, capabilities } from './answers.ts'
import type { Peer } from './features.ts'

type Envelope = Record<string, Record<string, unknown>> | undefined

function everything(): Server {
  const server = new Server(about, { capabilities })
  for (const [method, answer] of Object.entries(answers))
    server.setRequestHandler(
      method as RequestMethod,
      (({ params }: { params?: Record<string, unknown> }, { mcpReq, http }: ServerContext) => {
        const peer: Peer = {
          progressToken: mcpReq._meta?.progressToken,
          inputs: mcpReq.inputResponses,
          state: mcpReq.requestState<string>(),
          capabilities: (mcpReq.envelope as Envelope)?.[CLIENT_CAPABILITIES_META_KEY] ?? {},
          notify: (name, given) => mcpReq.notify({ method: name, params: given }),
          request: (name, given) => mcpReq.send({ method: name as RequestMethod, params: given }),
          closeStream: () => http?.closeSSE?.(),
        }
        return answer(params ?? {}, peer)
      }) as never,
    )
  return server
}

/** v2's handler: a server object for each request, no sessions. */
export function serveV2(attach: (server: Server) => void) {
  const { fetch } = createMcpHandler(() => {
    const server = everything()
    attach(server)
    return server
  })
  return (request: Request) => fetch(request)
}
