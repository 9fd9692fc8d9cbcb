import { openConnection } from './connection.ts'
import type { PersonClaims, Reporter } from './contract.ts'
import { type Desk, deskAt } from './desk.ts'
import { textOf } from './fault.ts'
import { orDropped } from './hooks.ts'
import { reporterOf } from './identity.ts'
import { createLog, type Fault, type Logger } from './log.ts'
import { createNamings, type Namings } from './naming.ts'
import { isSame, type SupportToolOptions, wrongIn } from './options.ts'
import { createRedactor, type Redactor } from './redact.ts'
import { notShown, readSetUp } from './setup.ts'
import { timing as defaults, type Timing } from './timing.ts'
import { namesOf, type ToolNames } from './tool-names.ts'
import { type Connectable, tapConnect } from './transport.ts'

export type SupportToolHandle = {
  /** Sends tickets that wait for the desk; resolves when none is left, or after `withinMs` (5000). */
  flush(withinMs?: number): Promise<void>
  /** Flushes, and takes the support tool off this server. */
  close(withinMs?: number): Promise<void>
}

/** `McpServer` or `Server` of the MCP TypeScript SDK. */
export type McpServerLike = { connect(transport: never): Promise<unknown> }

/** One server object with its options, at its desk. */
export type Registration = {
  desk: Desk
  redactor: Redactor
  names: ToolNames
  timing: Timing
  closed: boolean
  /** Of this server object alone. */
  naming: Namings
  /** `claims` matter for a ticket only: who somebody is, they do not change. */
  reporter(authInfo: object, claims?: PersonClaims): Reporter | undefined
  fault: Fault
}

type Known = { handle: SupportToolHandle; options: SupportToolOptions }

const known = new WeakMap<object, Known>()
const idle: SupportToolHandle = { flush: async () => {}, close: async () => {} }

let misconfigured: Logger | undefined
const setupLog = createLog(() => misconfigured)

/** `registerSupportTool` with waits a test can shorten. */
export function register(
  server: McpServerLike,
  options: SupportToolOptions,
  timing: Timing = defaults,
): SupportToolHandle {
  try {
    const low = orDropped(() => lowLevel(server))
    if (!low) return tell(options, `${notShown}; this is not an MCP server it knows`)
    const before = known.get(low)
    if (before) return again(before, options)
    const handle = attach(low, options, timing)
    if (handle !== idle) known.set(low, { handle, options })
    return handle
  } catch (error) {
    return tell(options, `${notShown}; ${textOf(error)}`)
  }
}

function again({ handle, options }: Known, others: SupportToolOptions): SupportToolHandle {
  if (!isSame(options, others)) {
    misconfigured = others.logger ?? options.logger
    setupLog.once('warn', 'this server has the support tool already; its new options are not used')
  }
  return handle
}

function attach(low: Connectable, options: SupportToolOptions, timing: Timing): SupportToolHandle {
  const wrong = wrongIn(options)
  if (wrong) return tell(options, `${notShown}; ${wrong}`)
  const setUp = readSetUp(options)
  if (typeof setUp === 'string') return tell(options, setUp)
  const desk = deskAt(setUp.url, setUp.key, options.logger, timing)
  const { fault } = desk
  const reporter = (authInfo: object, claims?: PersonClaims) => {
    try {
      return reporterOf(authInfo, options.reporter, claims)
    } catch (error) {
      fault(error, 'reporter')
      return undefined
    }
  }
  const registration: Registration = {
    desk,
    redactor: createRedactor({ keys: options.redactKeys, hook: options.redact }),
    names: namesOf(options, desk.log),
    timing,
    closed: false,
    naming: createNamings(),
    reporter,
    fault,
  }
  const release = tapConnect(
    low,
    (transport, underway) => openConnection(registration, transport, underway),
    fault,
  )

  const flush = (withinMs = timing.flushMs) => desk.delivery.flush(withinMs)
  const close = (withinMs?: number) => {
    registration.closed = true
    release()
    known.delete(low)
    return flush(withinMs)
  }
  return { flush, close }
}

/** `McpServer` wraps the `Server` that speaks the protocol. */
function lowLevel(server: McpServerLike | undefined): Connectable | undefined {
  const low = (server as { server?: unknown } | undefined)?.server ?? server
  return typeof (low as Connectable | undefined)?.connect === 'function'
    ? (low as Connectable)
    : undefined
}

function tell(options: SupportToolOptions | undefined, message: string): SupportToolHandle {
  misconfigured = orDropped(() => options?.logger)
  setupLog.once('warn', message)
  return idle
}
