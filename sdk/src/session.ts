import type { TicketContext } from './contract.ts'
import type { Desk } from './desk.ts'
import { digest } from './digest.ts'
import { plainName } from './fit.ts'
import { kindOf } from './kind.ts'
import { metaOf } from './meta.ts'
import type { Extra, Message, Transport } from './transport.ts'
import { sdkVersion } from './version.ts'

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
    sessionId: string | undefined,
  ): Promise<Omit<TicketContext, 'calls'>> => {
    const { params } = message
    const caller = client ?? peer(metaOf(params, 'clientInfo')) ?? agent(extra)
    const version =
      protocolVersion ??
      plainName(metaOf(params, 'protocolVersion') ?? header(extra, 'mcp-protocol-version'))
    const host = server ?? desk.server
    return {
      ...(caller && { client: caller }),
      ...(host && { server: host }),
      ...(version && { protocolVersion: version }),
      transport: kindOf(transport, extra),
      // On a server without sign-in the session id itself opens the session.
      ...(sessionId && { sessionId: await digest(sessionId) }),
      sdkVersion,
    }
  }

  return { asked, introduced, answered, describe }
}

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
