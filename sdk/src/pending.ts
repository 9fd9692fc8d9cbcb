import type { SeenCall } from './call.ts'
import type { Message, RequestId } from './transport.ts'

const pendingMax = 1_000

/** A request that its answer will be recognized by. */
export type Pending =
  | { kind: 'initialize' }
  | { kind: 'discover' }
  | { kind: 'list'; cursor: unknown; frame: Record<string, unknown> }
  | { kind: 'call'; caller: string; call: SeenCall; arguments: unknown; since: number }
  | { kind: 'unclear' }
  | { kind: 'support'; abort: AbortController }

/** The requests of one connection that are not answered yet; beyond a thousand the oldest go. */
export function createPending() {
  const requests = new Map<RequestId, Pending>()

  const expect = (id: RequestId, request: Pending) => {
    requests.set(id, isCall(request) && isCall(requests.get(id)) ? { kind: 'unclear' } : request)
    if (requests.size <= pendingMax) return
    for (const [oldest, { kind }] of requests) {
      // Those we answer ourselves are few, and answered soon.
      if (kind === 'support') continue
      requests.delete(oldest)
      break
    }
  }
  return {
    expect,
    /** The request that a message answers. */
    answeredBy: (message: Message) =>
      message.id !== undefined && (message.result || message.error)
        ? requests.get(message.id)
        : undefined,
    get: (id: RequestId) => requests.get(id),
    delete: (id: RequestId) => requests.delete(id),
    /** All there are; afterwards there are none. */
    drain: () => {
      const left = [...requests.values()]
      requests.clear()
      return left
    },
  }
}

/** MCP forbids two calls at once by one id: nobody could tell whose the answer is. */
const isCall = (request: Pending | undefined) =>
  request?.kind === 'call' || request?.kind === 'support' || request?.kind === 'unclear'
