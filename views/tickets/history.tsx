import type { TicketEvent } from '#src/tickets/ticket.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Initials } from '#views/parts/initials.tsx'
import { sentence } from './sentence.tsx'

type HistoryProps = { events: TicketEvent[]; notes: Record<string, string>; now: Date }

/** Who did what and noted what, newest last. */
export function History({ events, notes, now }: HistoryProps) {
  const seen = new Set<string>()
  return (
    <section class="section" id="history" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <ol class="log">
        {events.map((event) => {
          const { id, action, changeId, staffName, createdAt } = event
          const isUndo = changeId !== null && seen.has(changeId)
          if (changeId) seen.add(changeId)
          return (
            <li>
              {staffName ? (
                <Initials name={staffName} />
              ) : (
                <span class="badge" aria-hidden="true">
                  <Icon name="arrived" />
                </span>
              )}
              <span>
                {sentence(event, isUndo)}
                {action === 'noted' && <NoteText text={notes[id]} />}
              </span>
              <Ago at={createdAt} now={now} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const NoteText = ({ text = '' }: { text: string | undefined }) => (
  <span class="noted" dir="auto">
    {text}
  </span>
)
