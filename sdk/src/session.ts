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
  let server: Peer | undefined
  let protocolVersion: string | undefined

  const asked = (params: Message['params']) => {
    client = peer(params?.clientInfo)
  }

  /** Servers of MCP 2026-07-28 say in the `_meta` of their results who they are. */
  const introduced = (result: NonNullable<Message['result']>) => {
    server = peer(result.serverInfo) ?? peer(metaOf(result, 'serverInfo')) ?? server
    if (server) desk.server = server
  }

  /** Notes the answer to `initialize` or `server/discover`, and adds that there are tools: ours. */
  const answered = (message: Message, announces: boolean): Message => {
    const { result } = message
    if (!result) return message
    introduced(result)
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
    const { params } = message
    const caller = client ?? peer(metaOf(params, 'clientInfo')) ?? agent(extra)
    const version =
      protocolVersion ??
      plainName(metaOf(params, 'protocolVersion') ?? header(extra, 'mcp-protocol-version'))
    const host = server ?? desk.server
    const { sessionId } = transport
    return {
      ...(caller && { client: caller }),
      ...(host && { server: host }),
      ...(version && { protocolVersion: version }),
      transport: isHttp(transport, extra) ? 'http' : isStdio(transport) ? 'stdio' : 'other',
      ...(sessionId && { sessionId: await digest(sessionId) }),
      sdkVersion,
    }
  }

  return { asked, introduced, answered, describe }
}

/** MCP 2026-07-28 marks a result as final; clients of that version say so in the request. */
export const callFrame = (request: Message): Record<string, unknown> =>
  metaOf(request.params, 'protocolVersion') === undefined ? {} : { resultType: 'complete' }

/** What that version wants with a list, besides: how long it may be kept, and for whom. */
export const listFrame = (request: Message): Record<string, unknown> =>
  metaOf(request.params, 'protocolVersion') === undefined
    ? {}
    : { ...callFrame(request), ttlMs: 0, cacheScope: 'private' }

const metaOf = (holder: Record<string, unknown> | undefined, name: string): unknown =>
  (holder?._meta as Record<string, unknown> | undefined)?.[`${metaPrefix}${name}`]

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
