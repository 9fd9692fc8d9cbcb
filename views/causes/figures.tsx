import type { CauseDetail } from '#src/causes/cause.ts'
import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { ago, utc } from '#src/lib/time.ts'
import { workStatuses } from '#src/tickets/ticket.ts'
import { totalOf } from '#views/analytics/scale.ts'
import { Spark } from '#views/analytics/spark.tsx'
import { numberText } from '#views/analytics/words.ts'
import { countText, statusNames } from '#views/tickets/words.ts'

type FiguresProps = { cause: CauseDetail; now: Date }

/** The few numbers to begin with. */
export function Figures({ cause, now }: FiguresProps) {
  const { counts, tickets, people, firstSeen, lastSeen, days } = cause
  return (
    <section class="key-figures" aria-label="Key figures">
      <Figure name="Tickets" value={countText(tickets)}>
        {parts(counts) || 'all in spam'}
        <Spark values={days.map(totalOf)} />
      </Figure>
      <Figure name="Reporters" value={countText(people)}>
        {tickets.more
          ? `of the newest ${numberText(tickets.n)} tickets`
          : 'as far as they can be told apart'}
      </Figure>
      <Figure name="First seen" value={ago(firstSeen, now)}>
        <time datetime={firstSeen.toISOString()}>{utc(firstSeen)}</time>
      </Figure>
      <Figure name="Last seen" value={lastSeen ? ago(lastSeen, now) : '–'}>
        {lastSeen && <time datetime={lastSeen.toISOString()}>{utc(lastSeen)}</time>}
      </Figure>
    </section>
  )
}

/** "3 open, 14 closed" */
const parts = (counts: CauseDetail['counts']): string =>
  workStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${numberText(counts[status])} ${statusNames[status].toLowerCase()}`)
    .join(', ')

type FigureProps = { name: string; value: string; children: Child }

const Figure = ({ name, value, children }: FigureProps) => (
  <div>
    <h2>{name}</h2>
    <p class="value">{value}</p>
    <div class="faint">{children}</div>
  </div>
)
