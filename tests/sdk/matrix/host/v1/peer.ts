import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { listen, type Peer, pagesOf } from '../peer.ts'

export const clientInfo = { name: 'matrix-client', version: '1.2.3' }

/** The official client on a transport. */
export async function connect(transport: object): Promise<Peer> {
  const heard: string[] = []
  listen(transport, heard)
  const client = new Client(clientInfo)
  await client.connect(transport as Transport)
  return {
    heard,
    pages: () => pagesOf((cursor) => client.listTools(cursor ? { cursor } : {})),
    call: (name, given = {}, options = {}) =>
      client.callTool({ name, arguments: given }, undefined, options),
    close: () => client.close(),
  }
}
