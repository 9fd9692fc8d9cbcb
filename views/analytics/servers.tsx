import type { Analytics } from '#src/analytics/figures.ts'
import { Change } from './change.tsx'
import { stateOf, type ToInbox } from './links.ts'
import { Spark } from './spark.tsx'
import { numberText, timeText } from './words.ts'

type ServersProps = { analytics: Analytics; to: ToInbox }

/** The servers that tickets came from. */
export function Servers({ analytics: { servers, total }, to }: ServersProps) {
  const { rows, others } = servers
  const isCompared = total.before > 0
  return (
    <section class="figure" aria-labelledby="servers-title">
      <h2 id="servers-title">Servers</h2>
      <table class="by-server" aria-labelledby="servers-title">
        <thead>
          <tr>
            <th scope="col">Server</th>
            <th scope="col" class="course-of">
              Trend
            </th>
            <th scope="col">Tickets</th>
            <th scope="col">Active</th>
            <th scope="col">Median close</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ slug, name, n, before, active, trend, closing }) => (
            <tr>
              <th scope="row">
                <a
                  class="link mono"
                  href={to({ server: slug, status: stateOf({ active }) })}
                  title={name}
                >
                  {slug}
                </a>
              </th>
              <td class="course-of">
                <Spark values={trend} width={72} height={20} />
              </td>
              <td>
                {isCompared && <Change n={n} before={before} />} {numberText(n)}
              </td>
              <td>
                {active > 0 ? (
                  <a class="link" href={to({ server: slug })}>
                    {numberText(active)}
                  </a>
                ) : (
                  '0'
                )}
              </td>
              <td>{timeText(closing.medianMs)}</td>
            </tr>
          ))}
          {others.values > 0 && (
            <tr class="faint">
              <th scope="row">{numberText(others.values)} other servers</th>
              <td class="course-of" />
              <td>
                {isCompared && <Change {...others} />} {numberText(others.n)}
              </td>
              <td />
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
