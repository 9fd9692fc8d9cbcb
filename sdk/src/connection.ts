import { createAnswering } from './answering.ts'
import type { SeenCall } from './call.ts'
import { createCallers } from './caller.ts'
import { errorText, keepFailure } from './failure.ts'
import { plainName } from './fit.ts'
import { limits } from './limits.ts'
import { createListing } from './listing.ts'
import { listFrame } from './meta.ts'
import { createPending, type Pending } from './pending.ts'
import type { Registration } from './register.ts'
import { createSession } from './session.ts'
import type { Extra, Message, RequestId, Transport, Wire } from './transport.ts'

/** One client's connection: shows our tools, answers them, and remembers the calls a ticket may be about. */
export function openConnection(
  registration: Registration,
  transport: Transport,
  underway: boolean,
): Wire {
  const { desk } = registration
  const pending = createPending()
  const session = createSession(desk)
  const listing = createListing(registration, transport)
  const callers = createCallers(transport, underway)
  const answering = createAnswering(registration, transport, { pending, session, callers })

  const received: Wire['received'] = (message, extra) => {
    const { id, method, params } = message
    if (registration.closed) return false
    if (method === 'notifications/cancelled')
      cancelled(params?.requestId as RequestId, params?.reason)
    if (id === undefined || method === undefined) return false
    if (method === 'initialize') {
      session.asked(params)
      callers.introduced()
      pending.expect(id, { kind: 'initialize' })
    }
    if (method === 'server/discover') pending.expect(id, { kind: 'discover' })
    if (method === 'tools/list')
      pending.expect(id, { kind: 'list', cursor: params?.cursor, frame: listFrame(message) })
    if (method !== 'tools/call') return false
    const tool = listing.toolNamed(params?.name)
    if (tool === undefined || (tool === 'check' && desk.settings.shown?.check === false))
      return leave(id, params, extra)
    return answering
      .answer(tool, id, message, extra)
      .then((answered) => answered || leave(id, params, extra))
  }

  const leave = (id: RequestId, params: Message['params'], extra: Extra | undefined): false => {
    listing.review()
    observe(id, params, extra)
    return false
  }

  const observe = (id: RequestId, params: Message['params'], extra: Extra | undefined) => {
    const { name } = params ?? {}
    const caller = callers.of(params, extra, answering.reporterOf(extra))
    if (!caller || typeof name !== 'string') return
    // Every call pays for this: nothing is cleaned here but what would be too much to keep.
    const tool = name.length > limits.nameCharsMax ? (plainName(name) ?? '') : name
    const call: SeenCall = { tool, startedAt: Date.now(), outcome: 'pending' }
    desk.history.add(caller, call)
    const since = performance.now()
    pending.expect(id, { kind: 'call', caller, call, arguments: params?.arguments, since })
  }

  /** A reporter who calls it off is not answered, and the ticket is sent no further. */
  const cancelled = (id: RequestId, reason: unknown) => {
    const request = pending.get(id)
    pending.delete(id)
    if (request?.kind === 'support') request.abort.abort()
    if (request?.kind === 'call')
      finish(request, `Cancelled by the client: ${reason ?? 'no reason'}`)
  }

  const sending: Wire['sending'] = (message) => {
    const request = pending.answeredBy(message)
    if (request?.kind === 'initialize') return session.answered(message, listing.announces)
    // Whoever asks in this way is told of changes only as the server itself has it.
    if (request?.kind === 'discover') return session.answered(message, false)
    if (request?.kind !== 'list' || registration.closed) return message
    if (message.result) session.introduced(message.result)
    return listing.withTools(message, request.cursor, request.frame)
  }

  const sent: Wire['sent'] = (message) => {
    const request = pending.answeredBy(message)
    if (message.id === undefined || !request) return
    pending.delete(message.id)
    if (request.kind === 'call') finish(request, errorText(message))
  }

  const finish = (request: Pending & { kind: 'call' }, error: string | undefined) => {
    const { caller, call } = request
    const took = Math.round(performance.now() - request.since)
    call.durationMs = Math.min(Math.max(0, took), limits.durationMsMax)
    call.outcome = error === undefined ? 'ok' : 'error'
    if (error === undefined) return
    call.failure = keepFailure(call, { arguments: request.arguments, error }, registration.redactor)
    desk.history.failed(caller, call)
  }

  const closed = () => {
    answering.close()
    for (const request of pending.drain())
      if (request.kind === 'call') finish(request, 'The connection closed before it was answered.')
    callers.left(desk.history)
  }

  desk.settings.prepare()
  return { received, sending, sent, closed }
}
