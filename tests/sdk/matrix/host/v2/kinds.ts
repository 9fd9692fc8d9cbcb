import { createEventStore } from '../events.ts'
import { given } from '../given.ts'
import { type Host, type Kind, kindOf, type Way } from '../kind.ts'
import { clientInfo, modern } from './peer.ts'
import { connectedFirst, handler, inMemory, served, sessions, stateless, stdio } from './places.ts'
import { bare, empty, highLevel, lowLevel, type Make, paged, version } from './servers.ts'

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

const mcpServer = host('McpServer', 'high-level', highLevel, [
  [...own, 'interrupted', 'measured', 'confirmed'],
])
const server = host('Server', 'low-level', lowLevel, [own], asInternal)
const pages = [['echo'], ['broken'], ['slow']]
const others = [
  host('Server that lists in pages', 'paged', paged, pages, asInternal),
  host('McpServer without tools', 'empty', empty, []),
  host('Server without tools', 'bare', bare, []),
]

type Open = Way<Make>['open']
const way = (name: string, open: Open, more: Partial<Way<Make>>): Way<Make> => ({
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
const left = 'The connection closed before it was answered.'
const session = { sessionId: true, cancelled }
const memory = { ...session, transport: 'other' as const }
const pipe = { ...session, transport: 'stdio' as const }
const alone = { stateless: true, client: { name: given.agent } }
const perRequest = { stateless: true, protocolVersion: modern }

const inProcess = [
  way('in memory', inMemory, memory),
  way('by serveStdio in memory', (make) => served(make, false), pipe),
  way('by serveStdio in memory, 2026-07-28', (make) => served(make, true), {
    ...pipe,
    protocolVersion: modern,
  }),
]
const pipes = [
  way('over stdio', (make) => stdio(make, false), pipe),
  way('over stdio, 2026-07-28', (make) => stdio(make, true), { ...pipe, protocolVersion: modern }),
]
const web = [
  way('over HTTP with sessions', sessions, session),
  way(
    'over HTTP with sessions that can be resumed',
    (make, user) =>
      sessions(make, user, () => ({ eventStore: createEventStore(), retryInterval: 10 })),
    session,
  ),
  way('over stateless HTTP', stateless, alone),
  way('over stateless HTTP, answered in JSON', (make, user) => stateless(make, user, true), alone),
  way('by createMcpHandler', (make, user) => handler(make, user, false), alone),
  way('by createMcpHandler, 2026-07-28', (make, user) => handler(make, user, true), {
    ...perRequest,
    cancelled: left,
  }),
  way(
    'by createMcpHandler in SSE, 2026-07-28',
    (make, user) => handler(make, user, true, { responseMode: 'sse' }),
    { ...perRequest, cancelled: left },
  ),
]
const connected = way('already connected, in memory', connectedFirst, memory)

/** Every kind of server of `@modelcontextprotocol/server`. */
export const kinds: Kind[] = [
  ...[...inProcess, ...pipes].flatMap((to) => [kindOf(mcpServer, to), kindOf(server, to)]),
  ...web.flatMap((to) => [
    kindOf(mcpServer, to),
    kindOf(mcpServer, to, true),
    kindOf(server, to, true),
  ]),
  kindOf(mcpServer, connected),
  ...[...inProcess, ...web.filter(({ name }) => /^by/.test(name))].flatMap((to) =>
    others.map((other) => kindOf(other, to)),
  ),
]
