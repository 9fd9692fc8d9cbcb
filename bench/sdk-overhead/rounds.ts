import { type Variant, variants } from './attach.ts'
import { type Server, startServer } from './client.ts'
import type { Place } from './install.ts'
import { type Block, type Mode, modes, runBlock, ticketBlock, warmUp } from './modes.ts'

export type Runtime = 'node' | 'bun'

/** How often: each generation starts a server of every variant anew, for chance lies in starts too. */
export type Amount = { starts: number; generations: number; rounds: number }

/** All that was measured on one runtime; at the same place in each list is the same round. */
export type Measured = {
  starts: Record<Variant, { startMs: number; attachMs: number }[]>
  blocks: Map<Mode, Record<Variant, Block[]>>
  ticketCpuMicros: number[]
}

/**
 * One variant a process, all processes at once, and only one of them at work: what slows the
 * machine down for a while hits them all alike. Who is first changes with each round.
 */
export async function measure(runtime: Runtime, place: Place, amount: Amount): Promise<Measured> {
  const measured: Measured = {
    starts: perVariant(),
    blocks: new Map(modes.map((mode) => [mode, perVariant<Block>()])),
    ticketCpuMicros: [],
  }
  for (let start = 0; start < amount.starts; start++)
    for (const variant of turned(variants, start)) {
      const server = await startServer(runtime, variant, place)
      const { attachMs } = await server.figures()
      measured.starts[variant].push({ startMs: server.startMs, attachMs })
      await server.stop()
    }
  for (let generation = 0; generation < amount.generations; generation++) {
    const servers: Server[] = []
    for (const variant of turned(variants, generation))
      servers.push(await startServer(runtime, variant, place))
    for (const server of servers) await warm(server)
    for (let round = 0; round < amount.rounds; round++)
      await runRound(turned(servers, round), measured)
    for (const server of servers) await server.stop()
  }
  return measured
}

async function runRound(servers: Server[], { blocks, ticketCpuMicros }: Measured): Promise<void> {
  for (const [mode, each] of blocks)
    for (const server of servers) each[server.variant].push(await runBlock(server, mode))
  for (const server of servers.filter(isOurs)) ticketCpuMicros.push(await ticketBlock(server))
}

/** Compilers have done their work when the measuring begins, and support is on. */
async function warm(server: Server): Promise<void> {
  const { answer } = await server.request('tools/list')
  const names = answer.result?.tools?.map((tool) => tool.name) ?? []
  if (isOurs(server) !== names.includes('get_support_tool'))
    throw new Error(`${server.variant} lists ${names.join(', ')}`)
  for (const mode of warmUp) await runBlock(server, mode)
  if (isOurs(server)) await ticketBlock(server)
}

const isOurs = ({ variant }: Server) => variant === '@mcp-obs/sdk'

const perVariant = <T>() =>
  Object.fromEntries(variants.map((variant) => [variant, []])) as unknown as Record<Variant, T[]>

/** Begins elsewhere each time, and goes the other way every other time. */
function turned<T>(items: readonly T[], times: number): T[] {
  const first = times % items.length
  const order = [...items.slice(first), ...items.slice(0, first)]
  return times % 2 ? order.reverse() : order
}
