import { hx } from '#src/lib/html/hx.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import { noteCharsMax } from '#src/tickets/ticket.ts'
import { notesPath } from '#views/paths.ts'
import { Lines } from '#views/servers/lines.tsx'

type NoteFormProps = {
  organization: string
  number: number
  filter: TicketFilter
  /** What was written, and what is wrong with it. */
  body?: string | undefined
  problem?: string | undefined
}

/** A note to colleagues; who raised the ticket never sees it. */
export function NoteForm({ organization, number, filter, body = '', problem }: NoteFormProps) {
  const path = notesPath(organization, number, filter)
  return (
    <form class="stack" id="note" method="post" action={path} {...hx({ post: path, swap: 'none' })}>
      <Lines
        label="Note for your colleagues"
        name="body"
        rows="3"
        value={body}
        problem={problem}
        maxlength={noteCharsMax}
      />
      <div class="actions start">
        <button class="button" type="submit">
          Add note
        </button>
      </div>
    </form>
  )
}
