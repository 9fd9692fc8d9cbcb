import type { TransportKind } from './contract.ts'
import type { Extra, Transport } from './transport.ts'

/** Without a session one such transport may serve many people; a pipe serves one. */
export const isHttp = (transport: Transport, extra: Extra | undefined) =>
  Boolean(
    extra?.requestInfo ??
      extra?.request ??
      transport.handleRequest ??
      transport.handleMessage ??
      transport.sessionId,
  )

/** A transport of the MCP SDKs over which there is one client, known by nothing but its name. */
export const isOneClients = (transport: Transport) => /stdio|inmemory/i.test(nameOf(transport))

/** Nothing public tells stdio but the name of its class, which a minifier may take away. */
export function kindOf(transport: Transport, extra: Extra | undefined): TransportKind {
  if (isHttp(transport, extra)) return 'http'
  return /stdio/i.test(nameOf(transport)) ? 'stdio' : 'other'
}

const nameOf = (transport: Transport) => transport.constructor?.name ?? ''
