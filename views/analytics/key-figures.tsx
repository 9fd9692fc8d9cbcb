import type { Analytics } from '#src/analytics/figures.ts'
import { stretches } from '#src/analytics/range.ts'
import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Change, Moved } from './change.tsx'
import { totalOf } from './scale.ts'
import { Spark } from './spark.tsx'
import { beforeText, numberText, percent, timeText } from './words.ts'

/** The few numbers to begin with, each against the days before. */
export function KeyFigures({ analytics }: { analytics: Analytics }) {
  const { range, total, anonymous, closing, avoided } = analytics
  const { now, before } = closing
  const against = `than ${beforeText(range)}`
  const share = percent(anonymous.n, total.n)
  const shareBefore = percent(anonymous.before, total.before)
  return (
    <section class="key-figures" aria-label="Key figures">
      <KeyFigure name="New tickets" value={numberText(total.n)} trend={arrivals(analytics)}>
        {total.before > 0 ? (
          <>
            <Change {...total} /> against {beforeText(range)}
          </>
        ) : (
          `none in ${beforeText(range)}`
        )}
      </KeyFigure>
      <KeyFigure name="Median time to close" value={timeText(now.medianMs)} trend={closing.trend}>
        <Times now={now.medianMs} before={before.medianMs} against={against} />
      </KeyFigure>
      <KeyFigure name="9 in 10 closed within" value={timeText(now.p90Ms)}>
        <Times now={now.p90Ms} before={before.p90Ms} against={against} />
      </KeyFigure>
      <KeyFigure
        name="From anonymous reporters"
        value={share === undefined ? '–' : `${share}%`}
        trend={shares(analytics)}
      >
        {share !== undefined && shareBefore !== undefined ? (
          <>
            <Moved by={share - shareBefore}>
              {Math.abs(share - shareBefore)} {Math.abs(share - shareBefore) === 1 ? 'pt' : 'pts'}
            </Moved>{' '}
            against {beforeText(range)}
          </>
        ) : (
          'nothing to compare'
        )}
      </KeyFigure>
      <AvoidedTickets avoided={avoided} range={range} />
    </section>
  )
}

/** After how many answers nothing more came; nothing where no receipt carried one. */
function AvoidedTickets({ avoided, range }: Pick<Analytics, 'avoided' | 'range'>) {
  if (!avoided)
    return (
      <KeyFigure name="Tickets avoided" value="–">
        too many answers to look at in time; choose fewer days
      </KeyFigure>
    )
  const { answered, avoided: quiet, recent } = avoided
  if (answered.n + answered.before === 0) return null
  return (
    <KeyFigure name="Tickets avoided" value={numberText(quiet.n)}>
      of {numberText(answered.n)} {answered.n === 1 ? 'answer' : 'answers'}
      {recent.n > 0 && `, ${numberText(recent.n)} too recent to tell`}
      {'; '}
      {quiet.before > 0 ? (
        <>
          <Change {...quiet} moreIsBetter /> against {beforeText(range)}
        </>
      ) : (
        `none in ${beforeText(range)}`
      )}
    </KeyFigure>
  )
}

type KeyFigureProps = { name: string; value: string; trend?: (number | null)[]; children: Child }

function KeyFigure({ name, value, trend, children }: KeyFigureProps) {
  return (
    <div>
      <h2>{name}</h2>
      <p class="value">{value}</p>
      <p class="faint">{children}</p>
      {trend && <Spark values={trend} />}
    </div>
  )
}

type TimesProps = { now: number | null; before: number | null; against: string }

function Times({ now, before, against }: TimesProps) {
  if (now === null) return <>nothing closed yet</>
  if (before === null) return <>nothing to compare</>
  return (
    <>
      <Moved by={now - before}>{timeText(Math.abs(now - before))}</Moved>{' '}
      {now === before ? '' : now > before ? `longer ${against}` : `less ${against}`}
    </>
  )
}

/** Figures of days by stretch. */
const byStretch = <T,>(
  { range, days, closing }: Analytics,
  of: (days: Analytics['days']) => T,
): T[] =>
  stretches(range, closing.trend.length).map(({ since, until }) =>
    of(days.filter(({ day }) => day >= since && day <= until)),
  )
const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0)

/** A day, so that stretches of unlike length compare. */
const arrivals = (analytics: Analytics) =>
  byStretch(analytics, (days) => sum(days.map(totalOf)) / days.length)

const shares = (analytics: Analytics) =>
  byStretch(analytics, (days) => {
    const all = sum(days.map(totalOf))
    return all > 0 ? sum(days.map(({ anonymous }) => anonymous)) / all : null
  })
