import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Named, TicketDetail } from '#src/tickets/ticket.ts'
import { Field } from '#views/parts/field.tsx'
import { mergePath, ticketPath } from '#views/paths.ts'
import { titleOf } from './words.ts'

type MergingProps = {
  organization: string
  ticket: TicketDetail
  filter: TicketFilter
  /** What was typed, and why it could not be. */
  into?: string | undefined
  problem?: string | undefined
}

/** What was merged into a ticket; or the form that merges it into another one. */
export function Merging(props: MergingProps) {
  const { organization, ticket, filter, problem } = props
  const { tickets, more } = ticket.merging.parts
  const refused = problem && (
    <p class="note made" role="alert">
      {problem}
    </p>
  )
  if (tickets.length > 0)
    return (
      <section class="section" id="merging" aria-labelledby="merging-title">
        <h2 id="merging-title">Merged into this one</h2>
        {refused}
        <ul class="stack small">
          {tickets.map((part) => (
            <li class="clip">
              <a class="link tap" href={ticketPath(organization, part.number, filter)}>
                <Name ticket={part} />
              </a>
            </li>
          ))}
          {more && <li class="faint">And others.</li>}
        </ul>
      </section>
    )
  if (ticket.mergedInto || ticket.status === 'spam')
    return (
      <div id="merging" hidden={!refused}>
        {refused}
      </div>
    )
  return <MergeForm {...props} />
}

function MergeForm({ organization, ticket, filter, into = '', problem }: MergingProps) {
  const path = mergePath(organization, ticket.number, filter)
  const { suggested } = ticket.merging
  return (
    <section class="section" id="merging" aria-label="Merging">
      <details open={problem !== undefined}>
        <summary class="link tap">Merge into another ticket</summary>
        <div class="stack">
          <p class="faint small">
            This one is closed then, and points to the other one. It can be undone.
          </p>
          {suggested.length > 0 && (
            <form class="actions start" method="post" action={path} aria-label="Suggested">
              {suggested.map((other) => (
                <button class="button clip" type="submit" name="into" value={String(other.number)}>
                  <Name ticket={other} />
                </button>
              ))}
            </form>
          )}
          <form class="stack" method="post" action={path}>
            <Field
              label="Number of the other ticket"
              name="into"
              inputmode="numeric"
              value={into}
              maxlength={10}
              problem={problem}
            />
            <div class="actions start">
              <button class="button" type="submit">
                Merge
              </button>
            </div>
          </form>
        </div>
      </details>
    </section>
  )
}

const Name = ({ ticket }: { ticket: Named }) => (
  <span class="clip">
    #{ticket.number} <bdi>{titleOf(ticket)}</bdi>
  </span>
)
