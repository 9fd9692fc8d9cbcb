import { hx } from '#src/lib/html/hx.ts'
import { type Status, statuses } from '#src/tickets/ticket.ts'
import { Key } from '#views/parts/key.tsx'
import { ticketPath } from '#views/paths.ts'
import { StatusIcon } from './status-icon.tsx'
import { statusNames } from './words.ts'

type StatusControlProps = { organization: string; ticket: { number: number; status: Status } }

const keys: Record<Status, string> = { open: 'o', in_progress: 'p', closed: 'e' }

/** Sets the status by an ordinary form. app.js shows the new one at once, and takes it back on failure. */
export function StatusControl({ organization, ticket }: StatusControlProps) {
  const path = `${ticketPath(organization, ticket.number)}/status`
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
