import type { TicketContext } from './contract.ts'
import type { Desk } from './desk.ts'
import { plainName } from './fit.ts'
import { isHttp } from './identity.ts'
import type { Extra, Message, Transport } from './transport.ts'
import { sdkVersion } from './version.ts'

const metaPrefix = 'io.modelcontextprotocol/'

type Peer = { name: string; version?: string }

/** What client and server told each other about themselves on one connection. */
export function createSession(desk: Desk) {
  let client: Peer | undefined
  let protocolVersion: string | undefined

  const asked = (params: Message['params']) => {
    client = peer(params?.clientInfo)
  }

  /** Notes the server's side of `initialize`, and adds that it has tools: ours. */
  const answered = (message: Message, announces: boolean): Message => {
    const { result } = message
    if (!result) return message
    const server = peer(result.serverInfo)
    if (server) desk.server = server
    protocolVersion = plainName(result.protocolVersion)
    const capabilities = result.capabilities as Record<string, unknown> | undefined
    const tools = { ...(capabilities?.tools as object), ...(announces && { listChanged: true }) }
    return { ...message, result: { ...result, capabilities: { ...capabilities, tools } } }
  }

  const describe = async (
    transport: Transport,
    message: Message,
    extra: Extra | undefined,
  ): Promise<Omit<TicketContext, 'calls'>> => {
    const meta = message.params?._meta as Record<string, unknown> | undefined
    const caller = client ?? peer(meta?.[`${metaPrefix}clientInfo`]) ?? agent(extra)
    const version = protocolVersion ?? plainName(header(extra, 'mcp-protocol-version'))
    const { sessionId } = transport
    return {
      ...(caller && { client: caller }),
      ...(desk.server && { server: desk.server }),
      ...(version && { protocolVersion: version }),
      transport: isHttp(transport, extra) ? 'http' : isStdio(transport) ? 'stdio' : 'other',
      ...(sessionId && { sessionId: await digest(sessionId) }),
      sdkVersion,
    }
  }

  return { asked, answered, describe, resultType }
}

/** MCP 2026-07-28 marks a result as final; clients of that version say so in the request. */
const resultType = (message: Message) =>
  (message.params?._meta as Record<string, unknown> | undefined)?.[`${metaPrefix}protocolVersion`]
    ? { resultType: 'complete' }
    : {}

function peer(info: unknown): Peer | undefined {
  const given = (info ?? {}) as Partial<Peer>
  const name = plainName(given.name)
  const version = plainName(given.version)
  return name === undefined ? undefined : { name, ...(version && { version }) }
}

/** Without a session, the HTTP client's own name is all there is. */
const agent = (extra: Extra | undefined) => peer({ name: header(extra, 'user-agent') })

function header(extra: Extra | undefined, name: string): string | undefined {
  const value = extra?.requestInfo?.headers?.[name] ?? extra?.request?.headers?.get(name)
  return typeof value === 'string' ? value : undefined
}

/** Only a name in the log: on a server without sign-in the session id itself opens the session. */
async function digest(sessionId: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sessionId))
  return [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const isStdio = (transport: Transport) => /stdio/i.test(transport.constructor?.name ?? '')
