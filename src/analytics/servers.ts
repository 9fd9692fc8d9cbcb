import type { ClosingTimes } from './closing.ts'
import type { Counted } from './counting.ts'
import { type Analytics, type Closing, namedMax, type ServerFigures } from './figures.ts'

type Server = { id: string; slug: string; name: string }
const neverClosed: Closing = { tickets: 0, medianMs: null, p90Ms: null }

/** Servers with tickets, most first; those beyond `namedMax` together. */
export function rankServers(
  servers: Server[],
  counted: Pick<Counted, 'servers'>,
  closing: Pick<ClosingTimes, 'servers'>,
): Analytics['servers'] {
  const all = servers
    .flatMap(({ id, slug, name }): ServerFigures[] => {
      const counts = counted.servers.get(id)
      return counts
        ? [{ slug, name, ...counts, closing: closing.servers.get(id) ?? neverClosed }]
        : []
    })
    .sort((a, b) => b.n - a.n || b.before - a.before || (a.slug < b.slug ? -1 : 1))
  const rows = all.filter(({ n }) => n > 0).slice(0, namedMax)
  const rest = all.slice(rows.length)
  const sum = (part: 'n' | 'before') => rest.reduce((total, server) => total + server[part], 0)
  return {
    rows,
    others: { values: rest.filter(({ n }) => n > 0).length, n: sum('n'), before: sum('before') },
  }
}
