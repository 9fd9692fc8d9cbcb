import type { Occurrence, TicketDetail } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Call } from './call.tsx'
import { titleOf } from './words.ts'

/** Of the newest ones the calls are shown; the others are in the raw JSON. */
const withCallsMax = 10

type OccurrencesProps = { ticket: TicketDetail; now: Date }

/** What a reporter wrote when they raised the same again, in the order in which it came. */
export function Occurrences({ ticket, now }: OccurrencesProps) {
  const { again, occurrences } = ticket
  if (occurrences < 2) return null
  const others = occurrences - 1 - again.length
  return (
    <section class="section" aria-labelledby="again-title">
      <header>
        <h2 id="again-title">Raised {occurrences.toLocaleString('en-US')} times</h2>
        <span class="faint small">by the same reporter, within minutes each time</span>
      </header>
      {again.length > 0 && (
        <ol class="stack">
          {again.map((one, index) => (
            <Again
              ticket={ticket}
              one={one}
              now={now}
              hasCalls={index >= again.length - withCallsMax}
            />
          ))}
        </ol>
      )}
      {others > 0 && <p class="note">{missing(others, again.length)}</p>}
    </section>
  )
}

const missing = (others: number, kept: number): string =>
  kept === 0
    ? 'What was written then is erased.'
    : `${others.toLocaleString('en-US')} more: of these only the number is kept.`

type AgainProps = { ticket: TicketDetail; one: Occurrence; now: Date; hasCalls: boolean }

function Again({ ticket, one, now, hasCalls }: AgainProps) {
  const { title, description, context, raisedAt } = one
  const calls = hasCalls ? (context?.calls ?? []) : []
  return (
    <li class="section">
      <p class="small">
        {title !== ticket.title && (
          <>
            <strong dir="auto">{titleOf(one)}</strong>{' '}
          </>
        )}
        <span class="faint">
          <Ago at={raisedAt} now={now} />
        </span>
      </p>
      <div class="noted small" dir="auto">
        {description.trim() || <span class="faint">No description.</span>}
      </div>
      {calls.length > 0 && (
        <details>
          <summary class="link small tap">
            {calls.length === 1 ? 'The call before it' : `The ${calls.length} calls before it`}
          </summary>
          <ol class="timeline">
            {calls.map((call) => (
              <Call call={call} raisedAt={raisedAt} />
            ))}
          </ol>
        </details>
      )}
    </li>
  )
}
