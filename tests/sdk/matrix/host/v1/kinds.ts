import { createEventStore } from '../events.ts'
import { given } from '../given.ts'
import { type Host, type Kind, kindOf, type Way } from '../kind.ts'
import { clientInfo } from './peer.ts'
import { inMemory, sessions, sse, stateless, stdio } from './places.ts'
import {
  bare,
  connectedFirst,
  empty,
  highLevel,
  lowLevel,
  type Make,
  measures,
  paged,
  version,
} from './servers.ts'

const asThrown = (thrown: string) => thrown
const asInternal = (thrown: string) => `-32603: ${thrown}`
const own = ['echo', 'broken', 'counted', 'slow']
const host = (
  name: string,
  server: string,
  make: Make,
  pages: string[][],
  failed = asThrown,
): Host<Make> => ({ name, make, server: { name: server, version }, pages, failed })

const highLevelOwn = measures ? [...own, 'measured', 'interrupted'] : own
const mcpServer = host('McpServer', 'high-level', highLevel, [highLevelOwn])
const server = host('Server', 'low-level', lowLevel, [own], asInternal)
const pages = [['echo'], ['broken'], ['slow']]
const others = {
  connected: host('McpServer already connected', 'high-level', connectedFirst, [highLevelOwn]),
  paged: host('Server that lists in pages', 'paged', paged, pages, asInternal),
  empty: host('McpServer without tools', 'empty', empty, []),
  bare: host('Server without tools', 'bare', bare, []),
}

const way = (name: string, open: Way<Make>['open'], more: Partial<Way<Make>>): Way<Make> => ({
  name,
  open,
  transport: 'http',
  client: clientInfo,
  protocolVersion: given.protocolVersion,
  sessionId: false,
  stateless: false,
  ...more,
})
const cancelled = 'Cancelled by the client: enough'
const session = { sessionId: true, cancelled }
const alone = {
  stateless: true,
  client: given.headers ? { name: given.agent } : undefined,
  protocolVersion: given.headers ? given.protocolVersion : undefined,
}
const ways = {
  memory: way('in memory', inMemory, { ...session, transport: 'other' }),
  stdio: way('over stdio', stdio, { ...session, transport: 'stdio' }),
  sessions: way('over HTTP with sessions', sessions, session),
  resumable: way(
    'over HTTP with sessions that can be resumed',
    (make, user) =>
      sessions(make, user, () => ({ eventStore: createEventStore(), retryInterval: 10 })),
    session,
  ),
  sse: way('over HTTP+SSE', sse, session),
  stateless: way('over stateless HTTP', stateless, alone),
  json: way(
    'over stateless HTTP, answered in JSON',
    (make, user) => stateless(make, user, true),
    alone,
  ),
}

/** Every kind of server of `@modelcontextprotocol/sdk`. */
export const kinds: Kind[] = [
  ...[ways.memory, ways.stdio].flatMap((to) => [kindOf(mcpServer, to), kindOf(server, to)]),
  ...[ways.sessions, ways.resumable, ways.sse, ways.stateless, ways.json].flatMap((to) => [
    kindOf(mcpServer, to),
    kindOf(mcpServer, to, true),
    kindOf(server, to, true),
  ]),
  kindOf(others.connected, ways.memory),
  ...[ways.memory, ways.sessions, ways.stateless].flatMap((to) => [
    kindOf(others.paged, to),
    kindOf(others.empty, to),
    kindOf(others.bare, to),
  ]),
]
