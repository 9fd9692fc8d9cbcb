import { openConnection } from './connection.ts'
import type { Reporter } from './contract.ts'
import { type Desk, deskAt } from './desk.ts'
import { type AuthInfo, reporterOf } from './identity.ts'
import { createLog, type Fault, type Log, type Logger } from './log.ts'
import { createRedactor, type RedactHook, type Redactor } from './redact.ts'
import { readSetUp } from './setup.ts'
import { timing as defaults, type Timing } from './timing.ts'
import { defaultToolName, isToolName } from './tool.ts'
import { type Connectable, tapConnect } from './transport.ts'

export type SupportToolOptions = {
  /** Address of this server at the desk, as the desk prints it: `MCP_OBS_URL`. */
  url: string | undefined
  /** Key of this server, as the desk printed it once: `MCP_OBS_KEY`. */
  key: string | undefined
  /** Name of the tool, for a server that has its own by that name. `get_support_tool` by default. */
  toolName?: string
  /** Is told what goes wrong. Silent by default: nothing is ever written to stdout or stderr. */
  logger?: Logger
  /**
   * Sees each value of a failed call's arguments and error, and the ticket's own words, before
   * they leave the process, and returns what to keep. Where it throws, or answers with a
   * promise, the field is dropped. The SDK's own redaction follows in any case.
   */
  redact?: RedactHook
  /**
   * Names that hold a secret or a personal datum in this server's calls: `employee_id`, `x-tenant`.
   * Read as words in any spelling; what stands under one never leaves the process.
   */
  redactKeys?: readonly string[]
  /**
   * Who the verified token speaks for. Without it: `iss`, `sub`, `email` and `name` of
   * `authInfo.extra`. Called for every tool call, so keep it cheap; it cannot be async.
   */
  reporter?: (authInfo: AuthInfo) => Reporter | undefined
}

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
  toolName: string
  timing: Timing
  closed: boolean
  /** This server has a tool of its own by our name; unknown until it lists its tools. */
  nameTaken?: boolean
  reporter(authInfo: object): Reporter | undefined
  fault: Fault
}

const handles = new WeakMap<object, SupportToolHandle>()
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
    const low = lowLevel(server)
    const known = handles.get(low)
    if (known) return known
    const handle = attach(low, options, timing)
    if (handle !== idle) handles.set(low, handle)
    return handle
  } catch {
    return tell(options, 'the support tool is not shown; this is not an MCP server it knows')
  }
}

function attach(low: Connectable, options: SupportToolOptions, timing: Timing): SupportToolHandle {
  const setUp = readSetUp(options)
  if (typeof setUp === 'string') return tell(options, setUp)
  const desk = deskAt(setUp.url, setUp.key, options.logger, timing)
  const { fault } = desk
  const reporter = (authInfo: object) => {
    try {
      return reporterOf(authInfo, options.reporter)
    } catch (error) {
      fault(error, 'reporter')
      return undefined
    }
  }
  const toolName = nameOf(options, desk.log)
  const registration: Registration = {
    desk,
    redactor: createRedactor({ keys: options.redactKeys, hook: options.redact }),
    toolName,
    timing,
    closed: false,
    reporter,
    fault,
  }
  const release = tapConnect(low, (transport) => openConnection(registration, transport), fault)

  const flush = (withinMs = timing.flushMs) => desk.delivery.flush(withinMs)
  const close = (withinMs?: number) => {
    registration.closed = true
    release()
    handles.delete(low)
    return flush(withinMs)
  }
  return { flush, close }
}

function nameOf({ toolName = defaultToolName }: SupportToolOptions, log: Log): string {
  if (isToolName(toolName)) return toolName
  log.once(
    'error',
    `toolName is 1 to 128 letters, digits, "_", "-" and ".": the tool is called ${defaultToolName}`,
  )
  return defaultToolName
}

/** `McpServer` wraps the `Server` that speaks the protocol. */
function lowLevel(server: McpServerLike): Connectable {
  const low = (server as { server?: unknown }).server ?? server
  if (typeof (low as Connectable).connect !== 'function') throw new TypeError('no connect')
  return low as Connectable
}

function tell(options: SupportToolOptions | undefined, message: string): SupportToolHandle {
  misconfigured = options?.logger
  setupLog.once('warn', message)
  return idle
}
