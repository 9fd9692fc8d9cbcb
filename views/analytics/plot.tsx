import type { ToInbox } from './links.ts'
import { type Bar, ticksTo, totalOf } from './scale.ts'
import { daysText, dayText, numberText } from './words.ts'

export type PlotProps = {
  /** Of the page's elements, with none other like it. */
  id: string
  bars: Bar[]
  to: ToInbox
  title: string
  width: number
  /** Dates below the bars. */
  labelsMax: number
}

const height = 220
const base = 190
const top = 24
const left = 36
/** Between two parts of a bar. */
const seam = 1.5

const parts = [
  { status: 'closed', of: 'closed', name: 'closed' },
  { status: 'in_progress', of: 'inProgress', name: 'in progress' },
  { status: 'open', of: 'open', name: 'open' },
] as const
const fixed = (n: number) => Number(n.toFixed(1))

/**
 * Tickets by day, each state a part of the bar. One drawing says what it is, and over it lies
 * another with the links, which are for pointers: the table has the same ones for everybody.
 */
export function Plot({ id, bars, to, title, width, labelsMax }: PlotProps) {
  const totals = bars.map(totalOf)
  const most = Math.max(...totals)
  const y = (n: number) => base - (n / most) * (base - top)
  const step = (width - left) / bars.length
  const wide = Math.min(step * 0.72, 48)
  const x = (at: number) => left + at * step + (step - wide) / 2
  const sum = totals.reduce((all, n) => all + n, 0)
  const viewBox = `0 0 ${width} ${height}`
  return (
    <div class={['plot', id]}>
      <svg viewBox={viewBox} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>
          {`Between ${numberText(Math.min(...totals))} and ${numberText(most)}, ${numberText(sum)} in total. The table below has the numbers.`}
        </desc>
        {ticksTo(most).map((tick) => (
          <>
            <line x1={left - 8} x2={width} y1={fixed(y(tick))} y2={fixed(y(tick))} />
            <text x="0" y={fixed(y(tick)) + 4}>
              {numberText(tick)}
            </text>
          </>
        ))}
        {labelled(bars.length, labelsMax).map((at) => (
          <text
            x={at === bars.length - 1 ? width : fixed(x(at) + wide / 2)}
            y={height - 8}
            text-anchor={at === bars.length - 1 ? 'end' : 'middle'}
          >
            {dayText(bars[at]?.until ?? '')}
          </text>
        ))}
      </svg>
      <svg viewBox={viewBox} aria-hidden="true">
        {bars.map((bar, at) => {
          let below = 0
          return parts.map(({ status, of, name }) => {
            const n = bar[of]
            if (n === 0) return null
            const from = y(below)
            below += n
            const tall = Math.max(1, from - y(below) - (below > n ? seam : 0))
            return (
              <a href={to({ status, since: bar.since, until: bar.until })} tabindex="-1">
                <title>{`${daysText(bar)}: ${numberText(n)} ${name}`}</title>
                <rect
                  class={status}
                  x={fixed(x(at))}
                  y={fixed(y(below))}
                  width={fixed(wide)}
                  height={fixed(tall)}
                  rx={Math.min(2, fixed(wide / 4))}
                />
              </a>
            )
          })
        })}
      </svg>
    </div>
  )
}

/** Which bars have their date below them: evenly from the last one back, none at the very edge. */
function labelled(bars: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(bars / most))
  const all = Array.from({ length: Math.ceil(bars / every) }, (_, at) => bars - 1 - at * every)
  return all.filter((at) => at === bars - 1 || at * 2 >= every)
}
