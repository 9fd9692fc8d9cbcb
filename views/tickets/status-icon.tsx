import type { Status } from '#src/tickets/ticket.ts'
import { statusNames } from './words.ts'

/** Status by shape first, colour second: a ring, a half, a tick, a crossed one. Silent where the name stands by. */
export function StatusIcon({ status, named }: { status: Status; named?: boolean }) {
  return (
    <svg
      class={['status', status]}
      viewBox="0 0 14 14"
      role={named ? 'img' : undefined}
      aria-label={named ? statusNames[status] : undefined}
      aria-hidden={named ? undefined : 'true'}
    >
      {status === 'closed' ? (
        <>
          <circle class="solid" cx="7" cy="7" r="6" />
          <path class="cut" d="m4.4 7.2 1.8 1.8 3.4-3.8" />
        </>
      ) : (
        <circle cx="7" cy="7" r="5.2" />
      )}
      {status === 'spam' && <path d="m3.4 3.4 7.2 7.2" />}
      {status === 'in_progress' && <path class="solid" d="M7 3.8a3.2 3.2 0 0 1 0 6.4z" />}
    </svg>
  )
}
