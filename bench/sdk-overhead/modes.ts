import { call, ticket } from './calls.ts'
import type { Server } from './client.ts'

/** What a client does to a server in one block of a mode. */
export type Mode = {
  name: string
  forMs: number
  /** Every so many calls one fails. */
  failing: number
  /** How many wait for an answer at once; without it, 200 calls a second are sent. */
  atOnce?: number
  /** With several at once, the time in the server is mostly that of the others before it. */
  timedInServer: boolean
  /** Whether the goals are for this mode. */
  judged: boolean
}

const callsPerSecond = 200
const ticketEvery = 1_000
const ticketsInBlock = 10

export const modes: Mode[] = [
  { name: '200 calls/s', forMs: 5_000, failing: 20, timedInServer: true, judged: true },
  { name: 'flat out', forMs: 500, failing: 20, atOnce: 1, timedInServer: true, judged: true },
  {
    name: 'flat out, 16 at once',
    forMs: 500,
    failing: 20,
    atOnce: 16,
    timedInServer: false,
    judged: true,
  },
  { name: 'failing only', forMs: 300, failing: 1, atOnce: 1, timedInServer: true, judged: false },
]

export const warmUp: Mode[] = [
  { name: 'warm-up', forMs: 1_000, failing: 4, atOnce: 1, timedInServer: true, judged: false },
  { name: 'warm-up', forMs: 1_000, failing: 20, atOnce: 16, timedInServer: true, judged: false },
]

export type Block = {
  clientMicros: number[]
  inServerMicros: number[]
  /** With what is delivered after the last answer. */
  cpuMicrosPerCall: number
  rssBytes: number
  callsPerSecond: number
}

/** Runs a mode on a server once. Every answer is checked: what failed otherwise counts for nothing. */
export async function runBlock(server: Server, mode: Mode): Promise<Block> {
  // A server that has been idle is slow at first, and in production it is not idle.
  await run(server, { ...mode, forMs: mode.forMs / 4 })
  await server.request('bench/begin')
  const started = performance.now()
  const clientMicros = await run(server, mode)
  const seconds = (performance.now() - started) / 1000
  const { inServerMicros, rssBytes, cpuMicros } = await server.figures()
  const later = await settled(server)
  return {
    clientMicros,
    inServerMicros,
    cpuMicrosPerCall: (cpuMicros + later) / clientMicros.length,
    rssBytes,
    callsPerSecond: clientMicros.length / seconds,
  }
}

const run = (server: Server, mode: Mode): Promise<number[]> =>
  mode.atOnce ? flatOut(server, mode, mode.atOnce) : paced(server, mode)

async function paced(server: Server, mode: Mode): Promise<number[]> {
  const calls: Promise<number>[] = []
  const tickets: Promise<void>[] = []
  const started = performance.now()
  for (let number = 0; number < (mode.forMs * callsPerSecond) / 1000; number++) {
    const due = started + (number * 1000) / callsPerSecond
    while (performance.now() < due) await Bun.sleep(due - performance.now())
    calls.push(call(server, number, mode.failing))
    if (server.variant === '@mcp-obs/sdk' && number % ticketEvery === ticketEvery / 2)
      tickets.push(ticket(server))
  }
  await Promise.all(tickets)
  return Promise.all(calls)
}

async function flatOut(server: Server, mode: Mode, atOnce: number): Promise<number[]> {
  const micros: number[] = []
  let number = 0
  const until = performance.now() + mode.forMs
  const worker = async () => {
    while (performance.now() < until) micros.push(await call(server, number++, mode.failing))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return micros
}

/** CPU used after the last answer, until the server is quiet. */
async function settled(server: Server): Promise<number> {
  let sum = 0
  for (let slice = 0; slice < 50; slice++) {
    await Bun.sleep(100)
    const { cpuMicros } = await server.figures()
    sum += cpuMicros
    if (cpuMicros < 2_000) break
  }
  return sum
}

/** CPU of one ticket, with its delivery. */
export async function ticketBlock(server: Server): Promise<number> {
  await server.request('bench/begin')
  for (let number = 0; number < ticketsInBlock; number++) await ticket(server)
  const { cpuMicros } = await server.figures()
  return (cpuMicros + (await settled(server))) / ticketsInBlock
}
