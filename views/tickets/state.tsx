import { Toasted } from '#views/parts/toast.tsx'
import { Actions, type ActionsProps } from './actions.tsx'
import { History } from './history.tsx'
import { Merging } from './merging.tsx'
import { NoteForm } from './note-form.tsx'
import { PriorityControl } from './status.tsx'

export type TicketStateProps = ActionsProps & {
  now: Date
  /** What was done, and the path that takes it back. */
  done?: { text: string; undo?: string | undefined } | undefined
  /** Whether the note that was being written is written. */
  isNoted?: boolean
}

/** The answer to a change of a ticket, for htmx: each part that may look different takes its place. */
export function TicketState({ now, done, isNoted = false, ...props }: TicketStateProps) {
  const { organization, ticket, filter } = props
  const { slug } = organization
  return (
    <>
      <hx-partial hx-target="#actions" hx-swap="outerMorph">
        <Actions {...props} />
      </hx-partial>
      <hx-partial hx-target="#priority" hx-swap="outerMorph">
        <PriorityControl organization={slug} ticket={ticket} filter={filter} />
      </hx-partial>
      <hx-partial hx-target="#history" hx-swap="outerMorph">
        <History events={ticket.events} notes={ticket.notes} now={now} />
      </hx-partial>
      <hx-partial hx-target="#merging" hx-swap="outerMorph">
        <Merging organization={slug} ticket={ticket} filter={filter} />
      </hx-partial>
      {isNoted && (
        <hx-partial hx-target="#note" hx-swap="outerHTML">
          <NoteForm organization={slug} number={ticket.number} filter={filter} />
        </hx-partial>
      )}
      {done && <Toasted {...(done.undo && { undo: done.undo })}>{done.text}</Toasted>}
    </>
  )
}
