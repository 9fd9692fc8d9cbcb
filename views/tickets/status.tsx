import { hx } from '#src/lib/html/hx.ts'
import { type Status, statuses } from '#src/tickets/ticket.ts'
import { Key } from '#views/parts/key.tsx'
import { ticketPath } from '#views/paths.ts'
import { StatusIcon } from './status-icon.tsx'
import { statusNames } from './words.ts'

type StatusControlProps = {
  organization: string
  ticket: { number: number; status: Status }
  /** Path of the list with its filter, which stays when the page comes back without JavaScript. */
  back?: string
}

const keys: Record<Status, string> = { open: 'o', in_progress: 'p', closed: 'e' }

/** Sets the status by an ordinary form. app.js shows the new one at once, and takes it back on failure. */
export function StatusControl({ organization, ticket, back = '' }: StatusControlProps) {
  const query = /\?.*/s.exec(back)?.[0] ?? ''
  const path = `${ticketPath(organization, ticket.number)}/status${query}`
  return (
    <form
      class="segments"
      id="status"
      method="post"
      action={path}
      data-optimistic={ticket.status}
      {...hx({ post: path, target: '#status', swap: 'outerMorph', sync: 'this:queue last' })}
    >
      <fieldset>
        <legend class="hidden">Status</legend>
        {statuses.map((status) => (
          <button
            class={status}
            type="submit"
            name="status"
            value={status}
            id={`status-${status}`}
            aria-pressed={status === ticket.status}
            aria-keyshortcuts={keys[status]}
          >
            <StatusIcon status={status} />
            {statusNames[status]}
            <Key name={keys[status]} />
          </button>
        ))}
      </fieldset>
    </form>
  )
}
