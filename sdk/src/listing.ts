import type { SupportSettings } from './contract.ts'
import { isHttp } from './kind.ts'
import type { Registration } from './register.ts'
import { supportTool } from './tool.ts'
import type { Message, Transport } from './transport.ts'

/** The support tool in the lists that one client is given. */
export type Listing = {
  /** Whether this client hears what it has not asked for. Known once it is being answered. */
  readonly announces: boolean
  /** The server's own tool by our name answers instead of ours. */
  readonly nameTaken: boolean
  /** `frame` is what any list of the client's protocol version has, where the server has none. */
  withTool(answer: Message, cursor: unknown, frame: Message['result']): Message | Promise<Message>
  /** Tells the client to list again where the desk has changed what is shown. */
  review(): void
}

export function createListing(registration: Registration, transport: Transport): Listing {
  const { desk, toolName, fault } = registration
  let listed: { shown: SupportSettings | undefined } | undefined

  const withTool: Listing['withTool'] = (message, cursor, frame) => {
    const { result, error } = message
    // A server without tools knows no tools/list; since we said it has tools, we answer for it.
    if (error && error.code !== -32601) return message
    const own = Array.isArray(result?.tools) ? (result.tools as { name?: unknown }[]) : []
    const taken = own.some((tool) => tool?.name === toolName)
    if (taken)
      desk.log.once(
        'warn',
        `the server has its own ${toolName}: ours is not shown; give it another name by toolName`,
      )
    const page = { cursor, nextCursor: result?.nextCursor, taken }
    desk.naming.listed(page)
    registration.naming.listed(page)
    if (page.nextCursor || nameTaken()) return message
    return complete(message, own, frame)
  }

  const complete = async (message: Message, own: object[], frame: Message['result']) => {
    const shown = await desk.settings.latest()
    listed = { shown }
    const tools = [...own, ...(shown ? [supportTool(shown, toolName)] : [])]
    const { error: _, ...rest } = message
    return { ...rest, result: { ...(message.result ?? frame), tools } }
  }

  /**
   * A server made for one request has listed nothing; it is like the one before it. Until one has
   * listed its tools, as after a restart, nobody knows, and ours answers.
   */
  const nameTaken = () => registration.naming.taken ?? desk.naming.taken ?? false

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
    get nameTaken() {
      return nameTaken()
    },
    withTool,
    review,
  }
}
