import type { SeenCall } from './call.ts'
import type { PersonClaims } from './contract.ts'
import { errorText, keepFailure } from './failure.ts'
import { plainName } from './fit.ts'
import { callerOf } from './identity.ts'
import { limits } from './limits.ts'
import { createListing } from './listing.ts'
import type { Registration } from './register.ts'
import { callFrame, createSession, listFrame } from './session.ts'
import { raiseTicket, unavailable } from './support.ts'
import type { Extra, Message, RequestId, Transport, Wire } from './transport.ts'

const pendingMax = 1_000
let connections = 0

/** A request that its answer will be recognized by. */
type Pending =
  | { kind: 'initialize' }
  | { kind: 'discover' }
  | { kind: 'list'; firstPage: boolean; frame: Record<string, unknown> }
  | { kind: 'call'; call: SeenCall; arguments: unknown; since: number }
  | { kind: 'unclear' }
  | { kind: 'support'; abort: AbortController }

/** One client's connection: shows the tool, answers it, and remembers the calls it may be about. */
export function openConnection(registration: Registration, transport: Transport): Wire {
  const { desk, toolName, timing } = registration
  const pending = new Map<RequestId, Pending>()
  const session = createSession(desk)
  const listing = createListing(registration, transport)
  const own = `connection ${++connections}`

  const expect = (id: RequestId, request: Pending) => {
    // MCP forbids two calls at once by one id: nobody could tell whose the answer is.
    const calls = request.kind === 'call' && /call|unclear/.test(pending.get(id)?.kind ?? '')
    pending.set(id, calls ? { kind: 'unclear' } : request)
    if (pending.size <= pendingMax) return
    const [oldest] = pending.keys()
    if (oldest !== undefined) pending.delete(oldest)
  }
  const identify = (extra: Extra | undefined, claims?: PersonClaims) => {
    const reporter = extra?.authInfo && registration.reporter(extra.authInfo, claims)
    return { reporter, caller: callerOf(transport, extra, reporter, own) }
  }

  const received: Wire['received'] = (message, extra) => {
    const { id, method, params } = message
    if (registration.closed) return false
    if (method === 'notifications/cancelled')
      cancelled(params?.requestId as RequestId, params?.reason)
    if (id === undefined || method === undefined) return false
    if (method === 'initialize') {
      session.asked(params)
      expect(id, { kind: 'initialize' })
    }
    if (method === 'server/discover') expect(id, { kind: 'discover' })
    if (method === 'tools/list') {
      const firstPage = params?.cursor === undefined
      expect(id, { kind: 'list', firstPage, frame: listFrame(message) })
    }
    if (method !== 'tools/call') return false
    // A server made for one request has listed nothing; it is like the one before it.
    if (params?.name === toolName && !(registration.nameTaken ?? desk.nameTaken)) {
      answer(id, message, extra).catch(registration.fault)
      return true
    }
    listing.review()
    observe(id, params, extra)
    return false
  }

  const observe = (id: RequestId, params: Message['params'], extra: Extra | undefined) => {
    const { name } = params ?? {}
    const { caller } = identify(extra)
    if (!caller || typeof name !== 'string') return
    // Every call pays for this: nothing is cleaned here but what would be too much to keep.
    const tool = name.length > limits.nameCharsMax ? (plainName(name) ?? '') : name
    const call: SeenCall = { tool, startedAt: Date.now(), outcome: 'pending' }
    desk.history.add(caller, call)
    expect(id, { kind: 'call', call, arguments: params?.arguments, since: performance.now() })
  }

  const answer = async (id: RequestId, message: Message, extra: Extra | undefined) => {
    const abort = new AbortController()
    expect(id, { kind: 'support', abort })
    const call = {
      toolName,
      arguments: message.params?.arguments,
      identify: (claims: PersonClaims) => identify(extra, claims),
      session: () => session.describe(transport, message, extra),
      signal: abort.signal,
    }
    const result = await raiseTicket(desk, call, registration.redactor, timing).catch((error) => {
      registration.fault(error)
      return unavailable
    })
    if (!pending.delete(id)) return
    const reply = { ...callFrame(message), ...result }
    try {
      await transport.send({ jsonrpc: '2.0', id, result: reply }, { relatedRequestId: id })
    } catch {
      // The client is gone by now; its ticket is not.
    }
  }

  /** A reporter who calls it off is not answered, and the ticket is sent no further. */
  const cancelled = (id: RequestId, reason: unknown) => {
    const request = pending.get(id)
    if (!pending.delete(id)) return
    if (request?.kind === 'support') request.abort.abort()
    if (request?.kind === 'call')
      finish(request, `Cancelled by the client: ${reason ?? 'no reason'}`)
  }

  const sending: Wire['sending'] = (message) => {
    const request = answerTo(message)
    if (request?.kind === 'initialize') return session.answered(message, listing.announces)
    // Whoever asks in this way is told of changes only as the server itself has it.
    if (request?.kind === 'discover') return session.answered(message, false)
    if (request?.kind !== 'list' || registration.closed) return message
    if (message.result) session.introduced(message.result)
    return listing.withTool(message, request.firstPage, request.frame)
  }

  const sent: Wire['sent'] = (message) => {
    const request = answerTo(message)
    if (message.id === undefined || !request || request.kind === 'support') return
    pending.delete(message.id)
    if (request.kind === 'call') finish(request, errorText(message))
  }

  const finish = (request: Pending & { kind: 'call' }, error: string | undefined) => {
    const { call } = request
    const took = Math.round(performance.now() - request.since)
    call.durationMs = Math.min(Math.max(0, took), limits.durationMsMax)
    call.outcome = error === undefined ? 'ok' : 'error'
    if (error === undefined) return
    call.failure = keepFailure(call, { arguments: request.arguments, error }, registration.redactor)
    desk.history.failed(call)
  }

  const answerTo = (message: Message) =>
    message.id !== undefined && (message.result || message.error)
      ? pending.get(message.id)
      : undefined

  const closed = () => {
    for (const request of pending.values())
      if (request.kind === 'call') finish(request, 'The connection closed before it was answered.')
    pending.clear()
    desk.history.forget(own)
  }

  desk.settings.prepare()
  return { received, sending, sent, closed }
}
