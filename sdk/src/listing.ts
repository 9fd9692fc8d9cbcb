import { checkTool } from './check-tool.ts'
import type { SupportSettings } from './contract.ts'
import { isHttp } from './kind.ts'
import type { Registration } from './register.ts'
import { supportTool } from './tool.ts'
import { type OurTool, optionOf, ourTools } from './tool-names.ts'
import type { Message, Transport } from './transport.ts'

/** Our tools in the lists that one client is given. */
export type Listing = {
  /** Whether this client hears what it has not asked for. Known once it is being answered. */
  readonly announces: boolean
  /** Which of ours a call by this name is for, unless the server's own tool by that name answers. */
  toolNamed(name: unknown): OurTool | undefined
  /** `frame` is what any list of the client's protocol version has, where the server has none. */
  withTools(answer: Message, cursor: unknown, frame: Message['result']): Message | Promise<Message>
  /** Tells the client to list again where the desk has changed what is shown. */
  review(): void
}

export function createListing(registration: Registration, transport: Transport): Listing {
  const { desk, names, fault } = registration
  let listed: { shown: SupportSettings | undefined } | undefined

  const withTools: Listing['withTools'] = (message, cursor, frame) => {
    const { result, error } = message
    // A server without tools knows no tools/list; since we said it has tools, we answer for it.
    if (error && error.code !== -32601) return message
    const own = Array.isArray(result?.tools) ? (result.tools as { name?: unknown }[]) : []
    const nextCursor = result?.nextCursor
    for (const tool of ourTools) {
      const taken = own.some((one) => one?.name === names[tool])
      const page = { cursor, nextCursor, taken }
      desk.naming[tool].listed(page)
      registration.naming[tool].listed(page)
    }
    if (isTaken('support')) warn('support')
    return nextCursor || isTaken('support') ? message : complete(message, own, frame)
  }

  const complete = async (message: Message, own: object[], frame: Message['result']) => {
    const shown = await desk.settings.latest()
    listed = { shown }
    const tools = [...own, ...(shown ? toolsFor(shown) : [])]
    const { error: _, ...rest } = message
    return { ...rest, result: { ...(message.result ?? frame), tools } }
  }

  const toolsFor = (shown: SupportSettings): object[] => {
    const first = supportTool(shown, names.support)
    if (shown.check && !isTaken('check')) return [first, checkTool(shown, names.check)]
    if (shown.check) warn('check')
    return [first]
  }

  const warn = (tool: OurTool) =>
    desk.log.once(
      'warn',
      `the server has its own ${names[tool]}: ours is not shown; give it another name by ${optionOf[tool]}`,
    )

  /**
   * A server made for one request has listed nothing; it is like the one before it. Until one has
   * listed its tools, as after a restart, nobody knows, and ours answers.
   */
  const isTaken = (tool: OurTool): boolean =>
    (tool === 'check' && names.check === names.support) ||
    (registration.naming[tool].taken ?? desk.naming[tool].taken ?? false)

  /** The second tool tells of tickets that the first one raised: it is never there alone. */
  const toolNamed: Listing['toolNamed'] = (name) => {
    const tool = ourTools.find((one) => name === names[one])
    return tool && !isTaken('support') && !isTaken(tool) ? tool : undefined
  }

  /** Without a session, nobody listens on a transport made for one request. */
  const announces = () => !isHttp(transport, undefined) || transport.sessionId !== undefined

  const announce = () => {
    const { shown } = desk.settings
    if (!listed || listed.shown === shown || !announces()) return
    listed = { shown }
    const notification = { jsonrpc: '2.0' as const, method: 'notifications/tools/list_changed' }
    // A client that is gone lists no more.
    transport.send(notification).catch(() => {})
  }

  const review = () => {
    announce()
    desk.settings.prepare()?.then(announce).catch(fault)
  }

  return {
    get announces() {
      return announces()
    },
    toolNamed,
    withTools,
    review,
  }
}
