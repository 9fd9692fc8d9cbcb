import type { ToInbox } from './links.ts'
import { Plot } from './plot.tsx'
import { barsOf, type DrawnDay, isWeekly, totalOf } from './scale.ts'
import { daysText, numberText } from './words.ts'

type DailyProps = { days: DrawnDay[]; to: ToInbox; rangeText: string }

const many = { width: 1120, daysMax: 92, labelsMax: 8 }
const few = { width: 340, daysMax: 31, labelsMax: 4 }
const states = [
  { status: 'open', of: 'open', name: 'Open' },
  { status: 'in_progress', of: 'inProgress', name: 'In progress' },
  { status: 'closed', of: 'closed', name: 'Closed' },
] as const

/** New tickets per day by their present state, drawn for wide screens and for narrow ones. */
export function Daily({ days, to, rangeText }: DailyProps) {
  const bars = barsOf(days, many.daysMax)
  const fewer = barsOf(days, few.daysMax)
  const [unit, fewerUnit] = [bars, fewer].map((of) => (isWeekly(of) ? 'week' : 'day'))
  const titleOf = (per: string | undefined) => `New tickets per ${per}, ${rangeText}`
  return (
    <section class="figure" aria-labelledby="daily-title">
      <header>
        <h2 id="daily-title">
          New tickets per <span class="many">{unit}</span>
          <span class="few">{fewerUnit}</span>
        </h2>
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
      <Plot id="many" bars={bars} to={to} title={titleOf(unit)} {...many} />
      <Plot id="few" bars={fewer} to={to} title={titleOf(fewerUnit)} {...few} />
      <details>
        <summary class="link">Show as a table</summary>
        <table aria-labelledby="daily-title">
          <thead>
            <tr>
              <th scope="col">{unit === 'week' ? 'Week' : 'Day'}</th>
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
