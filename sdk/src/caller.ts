import type { Reporter } from './contract.ts'
import type { History } from './history.ts'
import { isHttp, isOneClients } from './kind.ts'
import { metaOf } from './meta.ts'
import type { Extra, Message, Transport } from './transport.ts'

/** Tells apart those who call over one connection. */
export type Callers = {
  /** Notes a client's `initialize`. */
  introduced(): void
  /**
   * The one caller whose earlier calls may be shown with a ticket, or undefined when nothing tells
   * callers apart. A verified subject always counts, so two people on one session id stay two.
   */
  of(
    params: Message['params'],
    extra: Extra | undefined,
    reporter: Reporter | undefined,
  ): string | undefined
  /**
   * Names the session to the desk: that of the transport, or the connection for as long as its calls
   * are known to be of one client alone. Of people who sign in over one transport each has a session
   * of their own. To be asked after `of` has seen the call, with what it said.
   */
  session(extra: Extra | undefined, caller: string | undefined): string | undefined
  /** Forgets those who cannot come back; a verified user without a session can. */
  left(history: History): void
}

/**
 * Without a session or a verified user a connection is one caller as long as one client alone is
 * seen on it, since a broker or a gateway may put many people on it: one `initialize`, before any
 * call, and the same name of a client and the same kind of sign-in in all calls. Clients of MCP
 * 2026-07-28 introduce themselves in every call and never once; theirs, and those that were open
 * before us, are one caller only over stdio and in memory.
 */
export function createCallers(transport: Transport, underway: boolean): Callers {
  /** Drawn at random, since the desk hears of many processes. */
  const own = crypto.randomUUID()
  const oneClients = isOneClients(transport)
  let introductions = 0
  let speaker: string | undefined
  let shared = underway && !oneClients

  const introduced = () => {
    if (++introductions > 1) shared = true
  }
  const connection = (params: Message['params'], extra: Extra | undefined) => {
    const client = metaOf(params, 'clientInfo') as { name?: unknown; version?: unknown } | undefined
    const said = `${client?.name} ${client?.version} ${Boolean(extra?.authInfo)}`
    speaker ??= said
    if (said !== speaker || (introductions === 0 && !oneClients)) shared = true
    return shared ? undefined : own
  }
  const of: Callers['of'] = (params, extra, reporter) => {
    const { sessionId } = transport
    const alone = isHttp(transport, extra) ? undefined : connection(params, extra)
    if (extra?.authInfo)
      return reporter && JSON.stringify([sessionId ?? null, reporter.issuer, reporter.subject])
    return sessionId === undefined ? alone : JSON.stringify([sessionId])
  }
  /** People who sign in over one connection are as many as they like; their sign-in names them. */
  const session: Callers['session'] = (extra, caller) => {
    const alone = !shared && !isHttp(transport, extra) && !extra?.authInfo
    const { sessionId } = transport
    if (sessionId === undefined) return alone ? own : undefined
    return (extra?.authInfo && caller) ?? sessionId
  }
  const left = (history: History) => {
    const { sessionId } = transport
    if (sessionId === undefined) history.forget(own)
    else history.forgetAll(JSON.stringify([sessionId]).slice(0, -1))
  }
  return { introduced, of, session, left }
}
