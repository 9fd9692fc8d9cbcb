import type { SupportToolOptions } from '../../sdk/src/options.ts'
import { register } from '../../sdk/src/register.ts'
import type { Timing } from '../../sdk/src/timing.ts'
import type { Connectable, Extra, Message, Transport } from '../../sdk/src/transport.ts'
import { quick, until } from './desk.ts'

type Params = Record<string, unknown>

/** Passes for the transport of the MCP SDKs whose class has this name. */
export const transportNamed = (name: string): Transport =>
  Object.create(
    { constructor: { name } },
    {
      start: { value: async () => {}, writable: true },
      send: { value: async () => {}, writable: true },
    },
  )

/** A connection spoken over message by message, to a server that answers what the test says. */
export async function openWire(
  options: SupportToolOptions,
  transport: Transport = transportNamed('BrokerTransport'),
  { late = false, timing = quick }: { late?: boolean; timing?: Timing } = {},
) {
  const sent: Message[] = []
  const reached: Message[] = []
  transport.send = async (message) => void sent.push(message)
  const server: Connectable = {
    async connect(to) {
      server.transport = to
      to.onmessage = (message) => void reached.push(message)
      await to.start()
    },
  }
  if (late) await server.connect(transport)
  register(server as never, options, timing)
  if (!late) await server.connect(transport)

  const ask = (id: string | number, method: string, params: Params = {}, extra?: Extra) =>
    transport.onmessage?.({ jsonrpc: '2.0', id, method, params }, extra)
  const answer = (id: string | number, result: Params) =>
    transport.send({ jsonrpc: '2.0', id, result })
  let calls = 0
  return {
    sent,
    /** The messages that the server itself was given. */
    reached,
    ask,
    answer,
    cancel: (requestId: string) =>
      transport.onmessage?.({
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId },
      }),
    /** Calls the server's tool in vain. */
    async fail(about: string, extra?: Extra, more: Params = {}) {
      const id = `call ${++calls}`
      ask(id, 'tools/call', { name: 'broken', arguments: { about }, ...more }, extra)
      await answer(id, { isError: true, content: [{ type: 'text', text: about }] })
    },
    /** The result of a call of the support tool. */
    async raise(title: string, extra?: Extra, more: Params = {}) {
      const id = `ticket ${++calls}`
      const words = { title, description: 'More words', email: 'alex@company.com' }
      ask(id, 'tools/call', { name: 'get_support_tool', arguments: words, ...more }, extra)
      await until(() => sent.some((message) => message.id === id))
      return sent.find((message) => message.id === id)?.result ?? {}
    },
    /** Lists one page of the server's own tools. */
    async list(names: string[], { cursor, nextCursor }: { cursor?: string; nextCursor?: string }) {
      const id = `list ${++calls}`
      ask(id, 'tools/list', cursor === undefined ? {} : { cursor })
      const tools = names.map((name) => ({ name }))
      await answer(id, nextCursor === undefined ? { tools } : { tools, nextCursor })
      await until(() => sent.some((message) => message.id === id))
      const { tools: shown } = sent.find((message) => message.id === id)?.result ?? {}
      return (shown as { name: string }[]).map(({ name }) => name)
    },
  }
}

export type OpenWire = Awaited<ReturnType<typeof openWire>>

export const introduce = (wire: OpenWire, id: string) =>
  wire.ask(id, 'initialize', { clientInfo: { name: 'c', version: '1' } })

/** What a client of MCP 2026-07-28 says of itself in each of its requests. */
export const saying = (name: string) => ({
  _meta: { 'io.modelcontextprotocol/clientInfo': { name, version: '1' } },
})
