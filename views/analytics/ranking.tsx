import type { Analytics, Kind, Named } from '#src/analytics/figures.ts'
import { type TicketFilter, valueCharsMax } from '#src/tickets/filter.ts'
import { causeName } from '#views/tickets/words.ts'
import { Change } from './change.tsx'
import { stateOf, type ToInbox } from './links.ts'
import { Spark } from './spark.tsx'
import { kindWords, numberText } from './words.ts'

type RankingCardProps = { kind: Kind; analytics: Analytics; to: ToInbox }

/** The values most tickets have, as bars, and the same as a table. */
export function RankingCard({ kind, analytics: { rankings, total }, to }: RankingCardProps) {
  const { rows, others, none } = rankings[kind]
  const isCompared = total.before > 0
  const words = kindWords[kind]
  const most = rows[0]?.n ?? 1
  const id = `${kind}-title`
  const rest = [
    { name: `${numberText(others.values)} ${words.others}`, ...others, isShown: others.values > 0 },
    { name: words.none, ...none, isShown: none.n > 0 },
  ].filter(({ isShown }) => isShown)
  return (
    <section class="figure" aria-labelledby={id}>
      <h2 id={id}>{words.title}</h2>
      {rows.length === 0 && <p class="faint small">Nothing to tell apart in these days.</p>}
      <ul class={['bars', kind === 'error' && 'bad']}>
        {rows.map((row) => (
          <li>
            <Value kind={kind} row={row} isCompared={isCompared} to={to} />
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect width={((row.n / most) * 100).toFixed(1)} height="6" />
            </svg>
          </li>
        ))}
        {rest.map(({ name, n, before }) => (
          <li class="faint">
            <span class="named">
              <span>{name}</span>
              <Numbers n={n} before={before} isCompared={isCompared} />
            </span>
          </li>
        ))}
      </ul>
      {rows.length > 0 && (
        <details>
          <summary class="link">
            Show as a table<span class="hidden">: {words.title}</span>
          </summary>
          <table aria-labelledby={id}>
            <thead>
              <tr>
                <th scope="col">{words.value}</th>
                <th scope="col">Before</th>
                <th scope="col">Now</th>
              </tr>
            </thead>
            <tbody>
              {[...rows.map((row) => ({ name: nameOf(row), ...row })), ...rest].map((row) => (
                <tr>
                  <th scope="row">
                    <bdi>{row.name}</bdi>
                  </th>
                  <td>{numberText(row.before)}</td>
                  <td>{numberText(row.n)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  )
}

const nameOf = ({ value, version, name }: Named): string =>
  name === undefined
    ? [value, version].filter(Boolean).join(' ')
    : causeName({ number: Number(value), name })

/** What people named, and no program. */
const inWords: Kind[] = ['category', 'cause']

type ValueProps = { kind: Kind; row: Named; isCompared: boolean; to: ToInbox }

/** A value the inbox can be narrowed to leads there: a version to all tickets of its client. */
function Value({ kind, row, isCompared, to }: ValueProps) {
  const part = kind === 'version' ? 'client' : kind
  const inner = (
    <>
      <bdi class={['clip', !inWords.includes(kind) && 'mono']}>{nameOf(row)}</bdi>
      {row.trend && <Spark values={row.trend} width={72} height={20} />}
      <Numbers n={row.n} before={row.before} isCompared={isCompared} />
    </>
  )
  if (row.value === '' || row.value.length > valueCharsMax)
    return <span class="named">{inner}</span>
  const value = kind === 'cause' ? Number(row.value) : row.value
  const narrowed: Partial<TicketFilter> = { [part]: value, status: stateOf(row) }
  return (
    <a class="named" href={to(narrowed)} title={nameOf(row)}>
      {inner}
    </a>
  )
}

type NumbersProps = { n: number; before: number; isCompared: boolean }

function Numbers({ n, before, isCompared }: NumbersProps) {
  return (
    <span class="n">
      {isCompared && <Change n={n} before={before} />} {numberText(n)}
    </span>
  )
}
