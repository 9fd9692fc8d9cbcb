import { Client, type Transport } from '@modelcontextprotocol/client'
import { listen, type Peer, pagesOf } from '../peer.ts'

export const clientInfo = { name: 'matrix-client', version: '1.2.3' }
export const modern = '2026-07-28'

/** The official client on a transport, of the versions with sessions or of the one without. */
export async function connect(transport: object, isModern: boolean): Promise<Peer> {
  const heard: string[] = []
  listen(transport, heard)
  const client = new Client(clientInfo, {
    capabilities: { elicitation: {} },
    versionNegotiation: { mode: isModern ? { pin: modern } : 'legacy' },
  })
  client.setRequestHandler('elicitation/create', () => ({
    action: 'accept',
    content: { sure: true },
  }))
  await client.connect(transport as Transport)
  const page = (cursor?: string) =>
    client.request({ method: 'tools/list', params: cursor ? { cursor } : {} })
  return {
    heard,
    pages: async () => {
      await client.listTools()
      return pagesOf(page)
    },
    call: (name, given = {}, options = {}) =>
      client.callTool({ name, arguments: given }, { timeout: 20_000, ...options }),
    ...(isModern && {
      subscribe: async () => {
        const { honoredFilter } = await client.listen({ toolsListChanged: true })
        return honoredFilter.toolsListChanged === true
      },
    }),
    close: () => client.close(),
  }
}
