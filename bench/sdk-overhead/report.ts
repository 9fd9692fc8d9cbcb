import { type Variant, variants } from './attach.ts'
import { added, median, quantile, type Spread, spread } from './figures.ts'
import type { Block, Mode } from './modes.ts'
import type { Measured } from './rounds.ts'

export const goals = { inServerMicros: 10, cpuMicros: 25 }

type Figure = (block: Block) => number
const inServer: Figure = (block) => median(block.inServerMicros)
const cpu: Figure = (block) => block.cpuMicrosPerCall
const atClient: Figure = (block) => median(block.clientMicros)
const slowest: Figure = (block) => quantile(block.clientMicros, 0.99)

type Blocks = Record<Variant, Block[]>

/** Of one mode: what plain takes in µs, and what each variant adds to it in the same round. */
export function modeTable(mode: Mode, of: Blocks): string {
  const head = ['', 'in the server, p50', 'CPU per call', 'at the client, p50', 'p99', 'calls/s']
  const rows = variants.map((variant) => {
    const shown = [inServer, cpu, atClient, slowest].map((figure) => {
      if (figure === inServer && !mode.timedInServer) return '–'
      return variant === 'plain'
        ? range(spread(of.plain.map(figure)), 1)
        : plus(addedBy(variant, of, figure))
    })
    const rate = median(of[variant].map((block) => block.callsPerSecond))
    return [variant, ...shown, Math.round(rate)]
  })
  return table(head, rows)
}

const addedBy = (variant: Variant, of: Blocks, figure: Figure): Spread =>
  spread(added(of[variant].map(figure), of.plain.map(figure)))

/** What stands once for each runtime: start and memory. */
export function startTable({ starts, blocks }: Measured): string {
  const last = [...blocks.values()].at(-1)
  const rows = variants.map((variant) => {
    const startMs = spread(starts[variant].map((start) => start.startMs))
    const attachMs = median(starts[variant].map((start) => start.attachMs))
    const rss = median(last?.[variant].map((block) => block.rssBytes) ?? []) / 1e6
    return [variant, range(startMs, 0), attachMs.toFixed(1), rss.toFixed(0)]
  })
  return table(['', 'start, ms', 'of it import and attach, ms', 'memory, MB'], rows)
}

/** Each goal that is missed, by how much, and where the noise leaves that open. */
export function misses({ blocks }: Measured): string[] {
  return [...blocks].flatMap(([mode, of]) => {
    if (!mode.judged) return []
    const over = (what: string, figure: Figure, goal: number) => {
      const { median: value } = addedBy('@mcp-obs/sdk', of, figure)
      const { median: noise } = addedBy('plain again', of, figure)
      if (value <= goal) return []
      const by = `${digits(value, 1)} µs, ${digits(value - goal, 1)} over the goal of ${goal}`
      return [`${mode.name}: added ${what} ${by} (plain again: ${digits(noise, 1)})`]
    }
    const time = mode.timedInServer ? over('p50 in the server', inServer, goals.inServerMicros) : []
    return [...time, ...over('CPU per call', cpu, goals.cpuMicros)]
  })
}

const table = (head: string[], rows: (string | number)[][]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const digits = (value: number, after: number) => value.toFixed(after).replace('-', '−')

const range = ({ median: middle, low, high }: Spread, after: number) =>
  `${digits(middle, after)} (${digits(low, after)} to ${digits(high, after)})`

const plus = (of: Spread) => (of.median < 0 ? '' : '+') + range(of, 1)
