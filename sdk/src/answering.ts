import type { Callers } from './caller.ts'
import { checkTickets, checkUnavailable } from './checking.ts'
import type { PersonClaims, Reporter } from './contract.ts'
import { digest } from './digest.ts'
import { callFrame } from './meta.ts'
import type { createPending } from './pending.ts'
import type { Registration } from './register.ts'
import type { ToolResult } from './result.ts'
import type { createSession } from './session.ts'
import { raiseTicket, unavailable } from './support.ts'
import type { Extra, Message, RequestId, Transport } from './transport.ts'

/** True: it is answered here. Else `leave` has been called, and the server answers. */
type Serve = (
  id: RequestId,
  message: Message,
  extra: Extra | undefined,
  leave: () => false,
) => boolean | Promise<boolean>

/** Answers the calls of our tools on one connection. */
export type Answering = Record<'support' | 'check', Serve> & {
  /** The desk has said that there is no second tool. */
  readonly isCheckOff: boolean
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
  const { desk, names, timing, fault } = registration
  let open = true

  const reporterOf: Answering['reporterOf'] = (extra, claims) =>
    extra?.authInfo && registration.reporter(extra.authInfo, claims)

  const expected = (id: RequestId) => {
    const abort = new AbortController()
    pending.expect(id, { kind: 'support', abort })
    return abort.signal
  }

  const answer = async (
    message: Message,
    signal: AbortSignal,
    act: () => Promise<ToolResult>,
    otherwise: ToolResult,
  ) => {
    const { id } = message
    const result = await act().catch((error) => {
      fault(error)
      return otherwise
    })
    if (signal.aborted || !open || id === undefined) return
    const reply = { ...callFrame(message), ...result }
    try {
      await transport.send({ jsonrpc: '2.0', id, result: reply }, { relatedRequestId: id })
    } catch {
      // The client is gone by now; its ticket is not.
    }
  }

  /** On a server without sign-in the id of a session itself opens the session. */
  const sessionId = async (extra: Extra | undefined) => {
    const id = callers.session(extra)
    return id === undefined ? undefined : digest(id)
  }

  const support: Serve = (id, message, extra) => {
    const signal = expected(id)
    const raise = async () => {
      const call = {
        toolName: names.support,
        arguments: message.params?.arguments,
        caller: callers.of(message.params, extra, reporterOf(extra)),
        reporter: (claims: PersonClaims) => reporterOf(extra, claims),
        session: async () => session.describe(transport, message, extra, await sessionId(extra)),
        signal,
      }
      return raiseTicket(desk, call, registration.redactor, timing)
    }
    answer(message, signal, raise, unavailable).catch(fault)
    return true
  }

  /**
   * Before the desk has said anything, as right after a restart, the call waits for its word: the
   * server may have a tool by this name, and ours is there only where it is switched on.
   */
  const check: Serve = (id, message, extra, leave) => {
    const until = performance.now() + timing.answerMs
    const signal = expected(id)
    callers.of(message.params, extra, reporterOf(extra))
    const look = () =>
      checkTickets(desk, {
        toolName: names.check ?? '',
        arguments: message.params?.arguments,
        reporter: () => reporterOf(extra),
        sessionId: () => sessionId(extra),
        until,
        signal,
      })
    const take = () => {
      answer(message, signal, look, checkUnavailable).catch(fault)
      return true
    }
    if (desk.settings.shown) return take()
    return desk.settings.known(timing.answerMs / 2).then((known) => {
      if (signal.aborted || !open) return true
      if (known.ok && known.value.enabled && known.value.check) return take()
      pending.delete(id)
      return leave()
    })
  }

  return {
    support,
    check,
    get isCheckOff() {
      return desk.settings.shown?.check === false
    },
    reporterOf,
    close: () => {
      open = false
    },
  }
}
