import type { Callers } from './caller.ts'
import { checkTickets } from './checking.ts'
import type { PersonClaims, Reporter } from './contract.ts'
import { callFrame } from './meta.ts'
import type { createPending } from './pending.ts'
import type { Registration } from './register.ts'
import { noneLookedUp, noneOpened, type ToolResult, unavailable } from './result.ts'
import type { createSession } from './session.ts'
import { raiseTicket } from './support.ts'
import type { OurTool } from './tool-names.ts'
import type { Extra, Message, RequestId, Transport } from './transport.ts'

/** Answers the calls of our tools on one connection. */
export type Answering = {
  /** False: there is no such tool of ours, so that the server has to answer. */
  answer(tool: OurTool, id: RequestId, message: Message, extra: Extra | undefined): Promise<boolean>
  reporterOf(extra: Extra | undefined, claims?: PersonClaims): Reporter | undefined
  /** Nobody hears an answer any more. */
  close(): void
}

type Beside = {
  pending: ReturnType<typeof createPending>
  session: ReturnType<typeof createSession>
  callers: Callers
}

export function createAnswering(
  registration: Registration,
  transport: Transport,
  { pending, session, callers }: Beside,
): Answering {
  const { desk, names, timing, fault, redactor } = registration
  let open = true

  const reporterOf: Answering['reporterOf'] = (extra, claims) =>
    extra?.authInfo && registration.reporter(extra.authInfo, claims)

  const act = async (
    tool: OurTool,
    message: Message,
    extra: Extra | undefined,
    signal: AbortSignal,
  ): Promise<ToolResult | undefined> => {
    const { params } = message
    const caller = callers.of(params, extra, reporterOf(extra))
    const sessionId = callers.session(extra, caller)
    const call = {
      toolName: names[tool],
      arguments: params?.arguments,
      caller,
      reporter: (claims?: PersonClaims) => reporterOf(extra, claims),
      sessionId,
      session: () => session.describe(transport, message, extra, sessionId),
      signal,
    }
    return tool === 'check'
      ? checkTickets(desk, call, timing)
      : raiseTicket(desk, call, redactor, timing)
  }

  const answer: Answering['answer'] = async (tool, id, message, extra) => {
    const abort = new AbortController()
    pending.expect(id, { kind: 'support', abort })
    const result = await act(tool, message, extra, abort.signal).catch((error) => {
      fault(error)
      return unavailable(tool === 'check' ? noneLookedUp : noneOpened)
    })
    if (abort.signal.aborted || !open) return true
    if (!result) {
      pending.delete(id)
      return false
    }
    const reply = { ...callFrame(message), ...result }
    try {
      await transport.send({ jsonrpc: '2.0', id, result: reply }, { relatedRequestId: id })
    } catch {
      // The client is gone by now; its ticket is not.
    }
    return true
  }

  return {
    answer,
    reporterOf,
    close: () => {
      open = false
    },
  }
}
