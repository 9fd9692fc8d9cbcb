import type { CauseDetail } from '#src/causes/cause.ts'
import { numberText } from '#views/analytics/words.ts'
import { Ago } from '#views/parts/ago.tsx'
import { ticketPath } from '#views/paths.ts'
import { Redacted } from '#views/tickets/redacted.tsx'
import { StatusIcon } from '#views/tickets/status-icon.tsx'
import { reporterName, titleOf } from '#views/tickets/words.ts'

type SamplesProps = { organization: string; cause: CauseDetail; now: Date }

/** The newest tickets of a cause. */
export function Newest({ organization, cause: { newest }, now }: SamplesProps) {
  return (
    <section class="figure" aria-labelledby="newest-title">
      <h2 id="newest-title">Newest tickets</h2>
      {newest.length === 0 && <p class="faint small">All of its tickets are in spam.</p>}
      <ol class="newest">
        {newest.map((ticket) => (
          <li>
            <StatusIcon status={ticket.status} named />
            <a class="clip" dir="auto" href={ticketPath(organization, ticket.number)}>
              {titleOf(ticket)}
            </a>
            <span class="faint clip">
              <bdi>{reporterName(ticket.reporter)}</bdi>
            </span>
            <Ago at={ticket.createdAt} now={now} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Texts that the tool really failed with: what is taken for one thing can be seen to be one. */
export function Errors({ organization, cause: { sample } }: Omit<SamplesProps, 'now'>) {
  return (
    <section class="figure" aria-labelledby="errors-title">
      <header>
        <h2 id="errors-title">As it was reported</h2>
        <p class="faint small">
          {sample.tickets === 1
            ? 'by one ticket'
            : `by the newest ${numberText(sample.tickets)} tickets`}
        </p>
      </header>
      {sample.errors.length === 0 && <p class="faint small">The tool said nothing of why.</p>}
      <ul class="stack errors">
        {sample.errors.map(({ value, n, number }) => (
          <li>
            <pre dir="auto">
              <Redacted text={value ?? ''} />
            </pre>
            <p class="faint small">
              {n === 1 ? 'In ' : `In ${numberText(n)} tickets, last `}
              <a class="link tap" href={ticketPath(organization, number)}>
                #{number}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
