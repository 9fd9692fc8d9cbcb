import { hx } from '#src/lib/html/hx.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import { type Priority, priorities, type Status, workStatuses } from '#src/tickets/ticket.ts'
import { Key } from '#views/parts/key.tsx'
import { priorityPath, statusPath } from '#views/paths.ts'
import { StatusIcon } from './status-icon.tsx'
import { priorityNames, statusNames } from './words.ts'

type ControlProps<T> = {
  organization: string
  ticket: T & { number: number }
  /** Of the list, which stays when the page comes back without JavaScript. */
  filter?: TicketFilter | undefined
}

const keys = { open: 'o', in_progress: 'p', closed: 'e' } as const

/**
 * Sets the status by an ordinary form, which tells what it showed: somebody else may have been
 * first. app.js shows the new one at once, and takes it back on failure.
 */
export function StatusControl({ organization, ticket, filter }: ControlProps<{ status: Status }>) {
  const path = statusPath(organization, ticket.number, filter)
  return (
    <form
      class="segments"
      id="status"
      method="post"
      action={path}
      data-optimistic={ticket.status}
      {...hx({ post: path, swap: 'none', sync: 'this:queue last' })}
    >
      <input type="hidden" name="was" value={ticket.status} />
      <fieldset>
        <legend class="hidden">Status</legend>
        {workStatuses.map((status) => (
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

/** Sets the priority, in the same way. */
export function PriorityControl({
  organization,
  ticket,
  filter,
}: ControlProps<{ priority: Priority }>) {
  const path = priorityPath(organization, ticket.number, filter)
  return (
    <form
      class="segments"
      id="priority"
      method="post"
      action={path}
      {...hx({ post: path, swap: 'none', sync: 'this:queue last' })}
    >
      <input type="hidden" name="was" value={ticket.priority} />
      <fieldset>
        <legend class="hidden">Priority</legend>
        {priorities.map((priority) => (
          <button
            type="submit"
            name="priority"
            value={priority}
            id={`priority-${priority}`}
            aria-pressed={priority === ticket.priority}
          >
            {priorityNames[priority]}
          </button>
        ))}
      </fieldset>
    </form>
  )
}
