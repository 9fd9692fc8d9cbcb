import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ask } from '../hosts.ts'
import { type Host, nextTick } from './host.ts'

/** Someone who uses the server. The mark is in everything they send, and in nothing of another. */
export type Caller = { mark: string; token?: string; lines: Line[] }

let serial = 0

/** One connection of a caller, or one they came back to. */
export type Line = {
  client: Client
  sessionId: string | undefined
  /** Whose client opened the session. */
  openedBy: string
  /** Calls that were made over it, by their serial number. */
  calls: string[]
}

export const callerNamed = (mark: string, token?: string): Caller => ({
  mark,
  ...(token !== undefined && { token }),
  lines: [],
})

/** Connects; with a line, to the session of that line. */
export async function connect(host: Host, caller: Caller, joined?: Line): Promise<Line> {
  const { mark, token } = caller
  const transport = new StreamableHTTPClientTransport(new URL('http://docuapi.example/mcp'), {
    fetch: host.fetch,
    requestInit: {
      headers: {
        'user-agent': `client-${mark}`,
        ...(token && { authorization: `Bearer ${token}` }),
      },
    },
    ...(joined?.sessionId && { sessionId: joined.sessionId }),
  })
  const client = new Client({ name: `client-${mark}`, version: '1.0.0' })
  // One who joins a session counts on from elsewhere: ids are unique within a session.
  Object.assign(client, { _requestMessageId: 1_000 * ++serial })
  await client.connect(transport as Parameters<Client['connect']>[0])
  const { sessionId } = transport
  const known = sessionId !== undefined || token !== undefined
  const own = caller.lines.find((line) => known && line.sessionId === sessionId)
  const line: Line = {
    client,
    sessionId,
    openedBy: sessionId && joined ? joined.openedBy : mark,
    // Who comes back to a session of their own goes on there, as do users who have none.
    calls: own ? own.calls : [],
  }
  caller.lines.push(line)
  return line
}

/** Calls the company's tool; the answer, or that there was none, does not matter here. */
export async function work(line: Line, mark: string, ticks: number, fail: boolean, cancel = false) {
  const call = `${mark} call ${++serial}.`
  line.calls.push(call)
  const abort = new AbortController()
  const params = { name: 'work', arguments: { call, ticks, fail } }
  const answered = line.client.callTool(params, undefined, { signal: abort.signal }).catch(() => {})
  if (cancel) {
    await nextTick()
    abort.abort(`${mark} has no time`)
  }
  await answered
}

/** Raises a ticket, titled so that the desk's side knows whose it is. */
export async function raise(line: Line, mark: string): Promise<string | undefined> {
  const title = `Ticket ${++serial} of ${mark}`
  const email = `${mark}@company.com`
  const result = await ask(line.client, { title, description: `I am ${mark}`, email }).catch(
    () => undefined,
  )
  return result?.isError || !result ? undefined : title
}
