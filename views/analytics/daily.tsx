import type { Analytics } from '#src/analytics/figures.ts'
import type { ToInbox } from './links.ts'
import { Plot } from './plot.tsx'
import { barsOf, isWeekly, totalOf } from './scale.ts'
import { daysText, numberText } from './words.ts'

type DailyProps = { analytics: Analytics; to: ToInbox; rangeText: string }

const wide = { width: 1120, daysMax: 92, labelsMax: 8 }
const narrow = { width: 340, daysMax: 31, labelsMax: 4 }
const states = [
  { status: 'open', of: 'open', name: 'Open' },
  { status: 'in_progress', of: 'inProgress', name: 'In progress' },
  { status: 'closed', of: 'closed', name: 'Closed' },
] as const

/** New tickets per day by their present state, drawn for wide screens and for narrow ones. */
export function Daily({ analytics: { days }, to, rangeText }: DailyProps) {
  const bars = barsOf(days, wide.daysMax)
  const fewer = barsOf(days, narrow.daysMax)
  const titleOf = (weekly: boolean) => `New tickets per ${weekly ? 'week' : 'day'}`
  const title = titleOf(isWeekly(bars))
  return (
    <section class="figure" aria-labelledby="daily-title">
      <header>
        <h2 id="daily-title">{title}</h2>
        <ul class="legend">
          {states.map(({ status, name }) => (
            <li>
              <svg viewBox="0 0 8 8" aria-hidden="true">
                <rect class={status} width="8" height="8" rx="2" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      </header>
      <Plot id="wide" bars={bars} to={to} title={`${title}, ${rangeText}`} {...wide} />
      <Plot
        id="narrow"
        bars={fewer}
        to={to}
        title={`${titleOf(isWeekly(fewer))}, ${rangeText}`}
        {...narrow}
      />
      <details>
        <summary class="link">Show as a table</summary>
        <table aria-labelledby="daily-title">
          <thead>
            <tr>
              <th scope="col">{isWeekly(bars) ? 'Week' : 'Day'}</th>
              {states.map(({ name }) => (
                <th scope="col">{name}</th>
              ))}
              <th scope="col">All</th>
            </tr>
          </thead>
          <tbody>
            {bars.toReversed().map((bar) => (
              <tr>
                <th scope="row">{daysText(bar)}</th>
                {states.map(({ status, of }) => (
                  <td>
                    {bar[of] > 0 ? (
                      <a class="link" href={to({ status, since: bar.since, until: bar.until })}>
                        {numberText(bar[of])}
                      </a>
                    ) : (
                      '0'
                    )}
                  </td>
                ))}
                <td>{numberText(totalOf(bar))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
