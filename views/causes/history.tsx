import type { CauseEvent } from '#src/causes/cause.ts'
import { inOrder } from '#src/lib/text.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Initials } from '#views/parts/initials.tsx'
import { ticketPath } from '#views/paths.ts'

type HistoryProps = { organization: string; events: CauseEvent[]; firstSeen: Date; now: Date }

/** Who did what to a cause, newest last. */
export function History({ organization, events, firstSeen, now }: HistoryProps) {
  return (
    <section class="figure" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <ol class="log">
        <li>
          <Arrived />
          <span>First seen</span>
          <Ago at={firstSeen} now={now} />
        </li>
        {events.map((event) => (
          <li>
            {event.staffName ? <Initials name={event.staffName} /> : <Arrived />}
            <span>{sentence(event, organization)}</span>
            <Ago at={event.createdAt} now={now} />
          </li>
        ))}
      </ol>
    </section>
  )
}

const Arrived = () => (
  <span class="badge" aria-hidden="true">
    <Icon name="arrived" />
  </span>
)

/** What happened, with who did it. */
function sentence({ action, oldValue, newValue, staffName }: CauseEvent, organization: string) {
  const who = <bdi>{staffName ?? 'The desk'}</bdi>
  switch (action) {
    case 'renamed':
      if (newValue === null) return <>{who} took the name away</>
      return (
        <>
          {who} called this “<bdi>{inOrder(newValue)}</bdi>”
        </>
      )
    case 'answered':
      if (newValue === null) return <>{who} took the answer back</>
      return (
        <>
          {who} {oldValue === null ? 'wrote an answer' : 'changed the answer'}: version {newValue}
        </>
      )
    case 'reopened':
      return (
        <>
          Reopened by{' '}
          <a class="link tap" href={ticketPath(organization, Number(newValue))}>
            #{newValue}
          </a>
          , which was raised after it had been fixed
        </>
      )
    default:
      return (
        <>
          {who} marked this {action === 'fixed' ? 'fixed' : 'not fixed'}
        </>
      )
  }
}
